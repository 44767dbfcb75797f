"""Profiles (신청자): one value per applicant, saying who it is, what it wants and what will happen to it.

A profile decides nothing: whether it is eligible, selected or served is for the rules and the people of the
programme. `story` only says how the applicant behaves and what its papers look like.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random

from naru.portal.demo import calendar, naming, projects
from naru.portal.demo.projects import Idea

CUTOFF = date(1985, 2, 12)

# What sets an applicant apart; whoever has none of these does everything right and on time.
STORIES = {
    "private": {
        "old_startup": 4,  # in business for more than seven years
        "expired_mended": 4,
        "expired_left": 3,  # certificate lapsed; the correction request is answered, or not
        "missing_mended": 5,
        "missing_left": 4,
        "restricted": 3,  # in the register from the year before
        "voucher_selected": 3,
        "voucher_applied": 2,
        "gpu_training": 7,
        "privacy": 1,
        "unlisted": 3,
        "nobodys": 2,  # a listed family that no vendor claims
        "several_models": 14,
        "resubmitted": 5,
        "withdrawn": 4,
        "withdrawn_late": 2,
        "draft": 9,
        "late": 3,  # presses submit at 15:00:00
        "twice": 2,  # a second person of the company applies as well
        "youth": 26,
        "youth_no_evidence": 6,
        "youth_cutoff": 2,
        "youth_too_old": 2,
    },
    "public": {
        "missing_mended": 3,
        "missing_left": 2,
        "unconfirmed_mended": 3,
        "unconfirmed_left": 3,
        "unlisted": 1,
        "several_models": 8,
        "resubmitted": 2,
        "withdrawn": 2,
        "draft": 4,
        "late": 1,
        "twice": 3,  # a second student of the professor applies as well
        "gpu_training": 4,
    },
}
FEW = {"youth": 3, "missing_mended": 1, "missing_left": 1, "gpu_training": 1, "several_models": 2, "draft": 1}
Demand = Mapping[tuple[str, str], tuple[int, int]]
UNDER: Demand = {  # the real 2025: 40 applications for 200 servers
    ("private", "npu-60"): (15, 70),
    ("public", "npu-60"): (7, 68),
    ("private", "npu-120"): (4, 70),
    ("public", "npu-120"): (7, 71),
    ("private", "npu-240"): (4, 68),
    ("public", "npu-240"): (3, 77),
}
FULL: Demand = {  # (sector, product): applicants, mean merit in hundredths of the points
    ("private", "npu-60"): (183, 70),
    ("public", "npu-60"): (80, 68),
    ("private", "npu-120"): (24, 70),
    ("public", "npu-120"): (84, 71),
    ("private", "npu-240"): (29, 68),
    ("public", "npu-240"): (24, 77),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One applicant. `merit` is how good the plan is (0 to 100), `place` a number of its own from 0."""

    place: int
    sector: str
    kind: str
    legal_form: str
    role: str
    product: str
    story: str
    idea: Idea
    clouds: tuple[str, ...]
    merit: int
    hands_in: datetime
    person: str
    organisation: str
    born: date
    founded: date
    login: bool = False

    @property
    def email(self) -> str:
        """The address the applicant logs in with."""
        return f"applicant{self.place + 1:03d}@{self.domain}"

    @property
    def domain(self) -> str:
        """The mail domain: a company's own, or the campus's (a reviewer of the same one has a conflict)."""
        if self.sector == "public":
            return naming.campus_domain(self.organisation)
        return f"company{self.place + 1:03d}.example"

    @property
    def corporation(self) -> bool:
        """Whether the applicant is a corporation."""
        return self.legal_form == "corporation"

    @property
    def claims_youth(self) -> bool:
        """Whether the youth bonus is claimed."""
        return self.story.startswith("youth")


def population(rng: Random, *, under_subscribed: bool = False) -> tuple[Profile, ...]:
    """Every applicant, in order of `place`; the last two (`login`) have a merit that settles their fate."""
    demand = UNDER if under_subscribed else FULL
    made: list[Profile] = []
    for sector in ("private", "public"):
        wanted = [
            (product, merit)
            for (who, product), (count, merit) in demand.items()
            if who == sector
            for _ in range(count)
        ]
        rng.shuffle(wanted)
        wants = FEW if under_subscribed else STORIES[sector]
        stories = [story for story, count in wants.items() for _ in range(count) if story in STORIES[sector]]
        stories += [""] * (len(wanted) - len(stories))
        rng.shuffle(stories)
        for (product, merit), story in zip(wanted, stories, strict=True):
            made.append(_profile(rng, len(made), sector, product, story, merit))
    return (*made, _sure(rng, len(made), merit=97), _sure(rng, len(made) + 1, merit=62))


def _sure(rng: Random, place: int, merit: int) -> Profile:
    """A plain company that wants npu-60, whose fate follows from its merit; its login is printed."""
    base = _profile(rng, place, "private", "npu-60", "", merit)
    return replace(base, merit=merit, kind="sme", login=True, idea=projects.IDEAS[0])


def _profile(rng: Random, place: int, sector: str, product: str, story: str, merit: int) -> Profile:
    private = sector == "private"
    kind = _kind(rng, sector, story)
    corporation = private and rng.random() < 0.8
    form = ("corporation" if corporation else "sole_proprietor") if private else "public_institution"
    role = "company" if private else _public_role(rng, story)
    return Profile(
        place=place,
        sector=sector,
        kind=kind,
        legal_form=form,
        role=role,
        product=product,
        story=story,
        idea=_idea(rng, product, story),
        clouds=_clouds(rng),
        merit=max(20, min(99, round(rng.gauss(merit, 9)))),
        hands_in=calendar.rush(rng),
        person=naming.person(rng),
        organisation=_organisation(rng, place, kind, corporation=corporation),
        born=_born(rng, story),
        founded=_founded(rng, kind, story),
    )


def _kind(rng: Random, sector: str, story: str) -> str:
    if sector == "public":
        return "university" if rng.random() < 0.8 else "university_hospital"
    if story == "old_startup":
        return "startup"
    if story.startswith("expired"):
        return "sme"
    return rng.choices(("sme", "venture", "startup"), (5, 3, 3))[0]


def _public_role(rng: Random, story: str) -> str:
    students_only = story.startswith("unconfirmed") or story == "twice"
    return "student" if students_only or rng.random() < 0.45 else "staff"


def _idea(rng: Random, product: str, story: str) -> Idea:
    if story == "unlisted":
        return projects.UNLISTED
    if story == "nobodys":
        return projects.NOBODYS
    return rng.choice([idea for idea in projects.IDEAS if idea.product == product])


def _clouds(rng: Random) -> tuple[str, ...]:
    """All three in an order of liking, or only the one or two that will do."""
    order = rng.choice(
        (("cloud-a", "cloud-b", "cloud-c"),) * 3
        + (("cloud-b", "cloud-a", "cloud-c"), ("cloud-c", "cloud-a", "cloud-b"))
    )
    return order[: rng.choices((1, 2, 3), (1, 3, 10))[0]]


def _organisation(rng: Random, place: int, kind: str, *, corporation: bool) -> str:
    if kind == "university":
        return naming.university(rng.randrange(len(naming.CAMPUSES)))
    if kind == "university_hospital":
        return naming.hospital(rng.randrange(8))
    return naming.company(place, corporation=corporation)


def _born(rng: Random, story: str) -> date:
    if story == "youth_cutoff":
        return CUTOFF
    if story in ("youth", "youth_no_evidence"):
        return date(rng.randrange(1986, 1999), rng.randrange(1, 13), rng.randrange(1, 28))
    return date(rng.randrange(1960, 1985), rng.randrange(1, 13), rng.randrange(1, 28))


def _founded(rng: Random, kind: str, story: str) -> date:
    if story == "old_startup":
        return date(rng.randrange(2014, 2018), rng.randrange(1, 13), 3)
    if kind == "startup":
        return date(rng.randrange(2019, 2025), rng.randrange(1, 13), 3)
    return date(rng.randrange(2005, 2022), rng.randrange(1, 13), 3)
