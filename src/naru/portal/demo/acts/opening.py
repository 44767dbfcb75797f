"""Before the intake: people and suppliers are entered, the call is published, seed and quotas are fixed."""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings

from naru.codec.capability import capability
from naru.codec.faq import parse_faq
from naru.portal.accounts import actions as accounts
from naru.portal.accounts.models import Role, User
from naru.portal.calls import actions as calls
from naru.portal.demo import calendar, naming, staff
from naru.portal.demo.profiles import Profile
from naru.portal.demo.staff import Person
from naru.portal.demo.year import ROUND, Year
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.actions import RestrictionEntry
from naru.portal.organisations.entering import OrganisationDetails
from naru.portal.questions import actions as questions
from naru.portal.questions.seeds import contents

SEED = "naru-demo-2025-lottery-seed"  # a real programme draws it; the demo must give the same year each time


def open_the_year(year: Year) -> None:
    """Everything that stands before the first application."""
    claims = {vendor.code: vendor.name.ko for vendor in capability().vendors}
    first = None
    for person in staff.cast(year.rng, tuple(claims)):
        user = _account(year, person, by=first)
        first = first or user
    operator = year.operators[0]
    for kind, names in (("vendor", claims), ("cloud", staff.CLOUDS)):
        for code, name in names.items():
            year.suppliers[code] = year.player.play(
                organisations.add_supplier,
                by=operator,
                at=calendar.SET_UP,
                kind=kind,
                code=code,
                name=name,
                simulated=True,
            )
            year.player.play(
                organisations.add_supplier_member,
                by=operator,
                at=calendar.SET_UP,
                supplier=year.suppliers[code],
                user=year.supplier_people[code],
            )
    _publish(year, operator)


def _account(year: Year, person: Person, by: User | None) -> User:
    at = calendar.SET_UP
    user = year.player.play(
        accounts.create_user,
        by=by,
        at=at,
        email=person.email,
        name=person.name,
        password=staff.PASSWORD if person.login else None,
        is_staff=person.role in (Role.OPERATOR, Role.AUDITOR),
        simulated=True,
        verified=True,
    )
    year.player.play(accounts.grant_role, by=by, at=at, user=user, role=person.role)
    if person.login:
        year.player.play(accounts.enrol_second_factor, by=user, at=at, secret=generate_totp_secret())
        name = "operator 2" if person.role == "operator" and "operator" in year.logins else person.role
        year.logins[name] = user
    if person.role == Role.OPERATOR:
        year.operators.append(user)
    elif person.role == Role.REVIEWER:
        year.reviewers.append(user)
    elif person.supplier:
        year.supplier_people[person.supplier] = user
    else:
        year.auditor = user
    return user


def _publish(year: Year, operator: User) -> None:
    play = year.player.play
    year.call = play(calls.publish, by=operator, at=calendar.OPENS, terms=year.terms).call
    at = calendar.OPENS + timedelta(minutes=20)
    play(calls.commit_seed, by=year.operators[1], at=at, call=year.call, round_id=ROUND, seed=SEED)
    play(calls.freeze_quotas, by=operator, at=at + timedelta(minutes=5), call=year.call, round_id=ROUND)
    _answer_in_advance(year, operator, at + timedelta(minutes=6))


def _answer_in_advance(year: Year, operator: User, at: datetime) -> None:
    """What applicants ask each year stands answered before the first one comes."""
    path = Path(settings.CALLS_DIR) / "faq" / f"{year.call.slug}.toml"
    file = parse_faq(path.read_text(encoding="utf-8"), path.name)
    year.player.play(questions.load_entries, by=operator, at=at, call=year.call, contents=contents(file))


def enter_company(year: Year, profile: Profile, user: User, at: datetime) -> None:
    """A company enters itself with its representatives; its name is the key to it."""
    year.organisations[profile.organisation] = year.player.play(
        organisations.create_organisation,
        by=user,
        at=at,
        details=OrganisationDetails(
            name=profile.organisation,
            kind=profile.kind,
            legal_form=profile.legal_form,
            business_number=naming.business_number(profile.place, corporation=profile.corporation),
            started_on=profile.founded,
            simulated=True,
            representatives=_representatives(profile, year.rng),
        ),
    )


def _representatives(profile: Profile, rng: Random) -> tuple[tuple[str, date], ...]:
    """One representative, sometimes two; of two the second is the older one."""
    first = (profile.person, profile.born)
    if profile.corporation and profile.place % 9 == 0:
        return (first, (naming.person(rng), date(1961, 5, 17)))
    return (first,)


def restrict_from_last_year(year: Year, profile: Profile, at: datetime) -> None:
    """An entry of the register that an earlier programme left behind."""
    organisation = year.organisations[profile.organisation]
    entry = RestrictionEntry(
        unit=organisation.unit,
        ground="ict_fund_restriction",
        clause="E-09",
        starts_on=date(2024, 12, 1),
        ends_on=date(2025, 11, 30),
        source="가상 사업 2024: 결과점검 미흡",
        organisation=organisation,
    )
    year.player.play(organisations.record_restriction, by=year.operator(), at=at, entry=entry)
