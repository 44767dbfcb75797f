"""What the printed form asks, made from the call for a sector, and the answers as one text per question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from naru.domain import call as domain
from naru.portal.applications import rules
from naru.portal.applications.answers import Answers
from naru.portal.applications.completeness import USE_TITLES

CLOUDS = 3  # places of the order of preference
YES_NO = (("no", "해당 없음"), ("yes", "해당함"))
AGREE = (("yes", "예"), ("no", "아니오"))
WANTED = (("yes", "신청함"), ("no", "신청하지 않음"))
SUPPORT = (("", "없음"), ("applied", "신청함"), ("selected", "선정됨"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One labelled answer: its key, the part it stands in, and the boxes to tick when it has choices."""

    key: str
    part: str
    label: str
    note: str = ""
    tall: bool = False
    choices: tuple[tuple[str, str], ...] = ()


def questions(
    terms: domain.Call, party: domain.Party, clouds: Mapping[str, str], kind: str = ""
) -> tuple[Question, ...]:
    """The questions of a sector's form in order; `clouds` are names by code.

    With a `kind` of applicant only its own are asked; a blank form asks those of every kind of the sector.
    """
    return (
        *_basics(terms, party, clouds, kind),
        *(
            Question(
                key=f"plan_{section.id}",
                part="plan",
                label=section.title.ko,
                note=f"{section.prompt.ko} ({section.max_characters:,}자까지)",
                tall=True,
            )
            for section in terms.plan
        ),
        *_statements(terms),
    )


def _basics(
    terms: domain.Call, party: domain.Party, clouds: Mapping[str, str], kind: str
) -> Iterator[Question]:
    products = tuple((one.id, one.title.ko) for one in terms.resources)
    yield Question(key="product", part="basics", label="신청 상품", note="하나만 고릅니다.", choices=products)
    yield Question(key="title", part="basics", label="과제명")
    names = f"{', '.join(clouds.values())} 가운데 적습니다." if clouds else ""
    for place in range(1, min(CLOUDS, len(clouds)) + 1):
        yield Question(
            key=f"cloud_{place}", part="basics", label=f"희망 클라우드 {place}순위", note=names * (place == 1)
        )
    variants = tuple(
        (variant.id, variant.title.ko)
        for one in party.kinds
        if kind in ("", one.id)
        for variant in one.variants
    )
    if variants:
        yield Question(
            key="venture_type",
            part="basics",
            label="벤처 유형",
            note="벤처기업만",
            choices=variants,
        )
    for bonus in terms.bonuses:
        if party.id in bonus.parties:
            yield Question(
                key="youth_claimed", part="basics", label=f"가점: {bonus.title.ko}", choices=WANTED
            )


def _statements(terms: domain.Call) -> Iterator[Question]:
    for code in rules.use_codes(terms):
        yield Question(key=f"declare_{code}", part="statements", label=USE_TITLES[code].ko, choices=AGREE)
    asked = set(rules.ground_codes(terms))
    for ground in terms.exclusions:
        if ground.id in asked:
            yield Question(
                key=f"declare_{ground.id}", part="statements", label=ground.title.ko, choices=YES_NO
            )
    for programme in terms.other_programmes:
        yield Question(
            key=f"support_{programme.id}", part="statements", label=programme.title.ko, choices=SUPPORT
        )


def flat(answers: Answers) -> dict[str, str]:
    """The answers by the keys of the questions; what is not answered is empty or absent."""
    found = {
        "product": answers.product,
        "title": answers.title,
        "venture_type": answers.venture_type,
        "youth_claimed": "yes" if answers.youth_claimed else "no",
        **{f"cloud_{place}": code for place, code in enumerate(answers.clouds, start=1)},
        **{f"plan_{section}": text for section, text in answers.plan.items()},
    }
    for code, applies in answers.declarations.items():
        programme, _colon, state = code.partition(":")
        if state and applies:
            found[f"support_{programme}"] = state
        elif not state:
            found[f"declare_{code}"] = "yes" if applies else "no"
    return found


def unflat(given: Mapping[str, str], before: Answers) -> Answers:
    """The answers with those of `given` put in; KPIs and models stay as they were."""
    old = flat(before)
    new = old | dict(given)
    plan = {key.removeprefix("plan_"): text for key, text in new.items() if key.startswith("plan_")}
    places = sorted(key for key in new if key.startswith("cloud_"))
    return replace(
        before,
        product=new["product"],
        title=new["title"],
        clouds=tuple(new[key] for key in places if new[key]),
        youth_claimed=new["youth_claimed"] == "yes",
        venture_type=new["venture_type"],
        plan=plan,
        declarations=_declarations(old, new, before),
    )


def _declarations(old: Mapping[str, str], new: Mapping[str, str], before: Answers) -> dict[str, bool]:
    found = dict(before.declarations)
    for key, answer in new.items():
        if answer == old.get(key, ""):
            continue
        name, _underline, code = key.partition("_")
        if name == "declare":
            found.pop(code, None)
            if answer:
                found[code] = answer == "yes"
        elif name == "support":
            for state in rules.SUPPORT_STATES:
                found.pop(f"{code}:{state}", None)
            if answer:
                found[f"{code}:{answer}"] = True
    return found
