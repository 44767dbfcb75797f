"""The intake (접수): accounts, organisations, drafts, documents, submissions, attempts refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from naru.portal.accounts import actions as accounts
from naru.portal.accounts.models import User
from naru.portal.applications import actions as applications
from naru.portal.applications.answers import Answers
from naru.portal.applications.judging import judge
from naru.portal.applications.models import Application
from naru.portal.demo import calendar, forms, naming, staff
from naru.portal.demo.acts.opening import enter_company, restrict_from_last_year
from naru.portal.demo.profiles import Profile
from naru.portal.demo.year import ROUND, Year
from naru.portal.organisations import actions as organisations
from naru.portal.organisations.entering import OrganisationDetails
from naru.portal.organisations.models import Professor

MINUTE = timedelta(minutes=1)
EXCLUDED_KINDS = (
    "large_enterprise",
    "large_enterprise",
    "large_enterprise",
    "public_institution",
    "association",
    "individual",
)


def take_in(year: Year) -> None:
    """All that happens between the opening and the close, in the order of the instants."""
    later = year.player.later
    for profile in year.profiles:
        handed_in = profile.hands_in
        begins = max(calendar.OPENS + MINUTE * 60, handed_in - timedelta(days=year.rng.randrange(1, 6)))
        writes = begins + (handed_in - begins) * 0.6
        later(begins, partial(_begin, year, profile))
        later(writes, partial(_write, year, profile))
        if profile.role == "student" and not profile.story.startswith("unconfirmed"):
            later(writes + 20 * MINUTE, partial(confirm, year, profile))
        if profile.story == "twice":
            later(writes + 60 * MINUTE, partial(_second_begins, year, profile))
        if profile.story == "restricted":
            later(calendar.CLOSES + 60 * MINUTE, partial(restrict_from_last_year, year, profile))
        for at, step in _handing_in(profile):
            later(at, partial(step, year, profile))
    later(calendar.on(3, 10), partial(_turned_away, year))
    year.player.run()


def _handing_in(profile: Profile) -> list[tuple[datetime, Callable[[Year, Profile, datetime], None]]]:
    """Submission and withdrawal, with their instants."""
    at = profile.hands_in
    match profile.story:
        case "draft":
            return []
        case "late":
            return [(calendar.CLOSES, _too_late)]
        case "withdrawn":
            return [(at, _submit), (at + MINUTE, _withdraw)]
        case "resubmitted":
            return [(at - 90 * MINUTE, _submit), (at - 70 * MINUTE, _withdraw), (at, _submit)]
        case _:
            return [(at, _submit)]


def _begin(year: Year, profile: Profile, at: datetime) -> None:
    """Account, organisation and draft of one applicant."""
    user = year.player.play(
        accounts.create_user,
        by=None,
        at=at,
        email=profile.email,
        name=profile.person,
        password=staff.PASSWORD if profile.login else None,
        simulated=True,
        verified=True,
    )
    year.users[profile.place] = user
    professor = None
    if profile.sector == "private":
        enter_company(year, profile, user, at)
    else:
        _join(year, profile, user, at)
        professor = year.professors[profile.place] = _professor(year, profile, user, at)
    year.applications[profile.place] = _started(year, profile, user, at, professor)


def _started(
    year: Year, profile: Profile, user: User, at: datetime, professor: Professor | None
) -> Application:
    return year.player.play(
        applications.start,
        by=user,
        at=at,
        call=year.call,
        round_id=ROUND,
        organisation=year.organisations[profile.organisation],
        kind=profile.kind,
        role=profile.role,
        professor=professor,
    )


def _join(year: Year, profile: Profile, user: User, at: datetime) -> None:
    """The university or hospital: entered by its first applicant, owned by nobody here."""
    if profile.organisation in year.organisations:
        return
    details = OrganisationDetails(
        name=profile.organisation, kind=profile.kind, legal_form=profile.legal_form, simulated=True
    )
    year.organisations[profile.organisation] = year.player.play(
        organisations.create_organisation, by=user, at=at, details=details
    )


def _professor(year: Year, profile: Profile, user: User, at: datetime) -> Professor:
    """The professor of the unit: the applicant, or a student's supervisor with an account of one's own."""
    name, email = profile.person, profile.email
    if profile.role == "student":
        name, email = naming.person(year.rng), f"professor{profile.place + 1:03d}@{profile.domain}"
        first = "professor" not in year.logins
        user = year.player.play(
            accounts.create_user,
            by=None,
            at=at,
            email=email,
            name=name,
            password=staff.PASSWORD if first else None,
            simulated=True,
            verified=True,
        )
        if first:
            year.logins["professor"] = user
    return year.player.play(
        organisations.add_professor,
        by=year.users[profile.place],
        at=at,
        organisation=year.organisations[profile.organisation],
        name=name,
        email=email,
        department=year.rng.choice(naming.DEPARTMENTS),
        user=user,
    )


def _write(year: Year, profile: Profile, at: datetime) -> None:
    """The form, sometimes saved twice, and a few minutes later the documents."""
    application, user = year.applications[profile.place], year.users[profile.place]
    answers = forms.answers(profile, year.terms, year.rng)
    save = partial(_save, year, user, application, answers)
    save(at)
    if profile.place % 6 == 0:
        year.player.later(at + 2 * MINUTE, save)
    for number, document in enumerate(forms.documents(profile, year.rng)):
        year.player.later(at + (5 + number) * MINUTE, partial(attach, year, user, application, document))


def _save(year: Year, user: User, application: Application, answers: Answers, at: datetime) -> None:
    year.player.play(applications.save_answers, by=user, at=at, application=application, answers=answers)


def attach(
    year: Year, user: User, application: Application, document: forms.Paper, at: datetime, **until: datetime
) -> None:
    """One document; `until` when it answers a correction request."""
    year.player.play(
        applications.attach_document,
        by=user,
        at=at,
        application=application,
        code=document.code,
        file=judge(document.content, document.filename),
        dates=document.dates,
        **until,
    )


def _submit(year: Year, profile: Profile, at: datetime) -> None:
    application = year.applications[profile.place]
    user = year.users[profile.place]
    key = f"demo-{profile.place}-{at:%m%d%H%M%S}"
    year.player.play(applications.submit, by=user, at=at, application=application, key=key)


def _too_late(year: Year, profile: Profile, at: datetime) -> None:
    """15:00:00 is the first instant that no longer counts (A-03)."""
    application, user = year.applications[profile.place], year.users[profile.place]
    key = f"demo-late-{profile.place}"
    year.player.try_in_vain(applications.submit, by=user, at=at, application=application, key=key)


def _withdraw(year: Year, profile: Profile, at: datetime) -> None:
    application, user = year.applications[profile.place], year.users[profile.place]
    reason = (
        "내용을 고쳐 다시 내려고 합니다." if profile.story == "resubmitted" else "다른 장비를 마련했습니다."
    )
    year.player.play(applications.withdraw, by=user, at=at, application=application, reason=reason)


def confirm(year: Year, profile: Profile, at: datetime) -> None:
    """The supervising professor confirms the student's application (E-02)."""
    professor = year.professors[profile.place].user
    application = year.applications[profile.place]
    year.player.play(applications.confirm_student, by=professor, at=at, application=application)


def _second_begins(year: Year, profile: Profile, at: datetime) -> None:
    """Another person of the same company, or another student of the same professor, applies as well."""
    play, later = year.player.play, year.player.later
    email = f"second{profile.place + 1:03d}@{profile.domain}"
    name = naming.person(year.rng)
    user = play(accounts.create_user, by=None, at=at, email=email, name=name, simulated=True, verified=True)
    organisation = year.organisations[profile.organisation]
    if profile.sector == "private":  # nobody acts for a university; its people apply as themselves
        owner = organisation.members.get(role="owner").user
        play(organisations.add_member, by=owner, at=at, organisation=organisation, user=user)
    professor = year.professors.get(profile.place)
    application = _started(year, profile, user, at, professor)
    year.seconds[profile.place] = application
    answers = forms.answers(profile, year.terms, year.rng)
    later(at + 2 * MINUTE, partial(_save, year, user, application, answers))
    for document in forms.documents(profile, year.rng):
        later(at + 3 * MINUTE, partial(attach, year, user, application, document))
    later(at + 9 * MINUTE, partial(_second_submits, year, profile, user))


def _second_submits(year: Year, profile: Profile, user: User, at: datetime) -> None:
    application = year.seconds[profile.place]
    professor = year.professors.get(profile.place)
    if professor is not None:
        by = professor.user
        year.player.try_in_vain(applications.confirm_student, by=by, at=at, application=application)
        year.player.play(
            applications.decline_student,
            application=year.applications[profile.place],
            reason="이번에는 다른 학생의 과제를 내기로 했습니다.",
            by=by,
            at=at,
        )
        year.player.play(applications.confirm_student, by=by, at=at, application=application)
    key = f"demo-second-{profile.place}"
    year.player.play(applications.submit, by=user, at=at, application=application, key=key)


def _turned_away(year: Year, at: datetime) -> None:
    """Kinds the call does not admit are refused before there is a form (E-03); nothing of them is kept."""
    place = min(year.users)
    for kind in EXCLUDED_KINDS:
        year.player.try_in_vain(
            applications.start,
            by=year.users[place],
            at=at,
            call=year.call,
            round_id=ROUND,
            organisation=year.organisations[year.profiles[place].organisation],
            kind=kind,
            role="company",
        )
