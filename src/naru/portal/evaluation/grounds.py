"""Why a reviewer may not score an application: the facts of both sides gathered, judged by the domain.

The number of queries is the same however many applications and reviewers there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from naru.codec.public_mail import public_mail
from naru.domain.decision import Finding
from naru.domain.interests import Relation, Side, conflicts, ground
from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.evaluation.models import ConflictOfInterest, DeclaredRelation, Objection, ReviewerProfile
from naru.portal.organisations.models import Member, Organisation, Representative, SupplierMember

Pair = tuple[int, int]  # application, reviewer


@dataclass(slots=True)
class _Known:
    """What was read of organisations and people, by id."""

    organisations: dict[int, set[Organisation]] = field(default_factory=lambda: defaultdict(set))
    profiles: dict[int, ReviewerProfile] = field(default_factory=dict)
    behind: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    relations: dict[int, list[Relation]] = field(default_factory=lambda: defaultdict(list))
    teachers: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    pupils: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def findings(applications: Iterable[Application], people: Iterable[User]) -> dict[Pair, tuple[Finding, ...]]:
    """Every ground of every pair that may not meet; pairs without one are not in it.

    Applications come with applicant, organisation and professor loaded.
    """
    rows, judges = list(applications), list(people)
    known = _read(rows, judges)
    sides = [(row, _applicant(row, known)) for row in rows]
    stated = _stated(rows, judges)
    suppliers = set(
        SupplierMember.objects.filter(user__in=[one.pk for one in judges]).values_list("user", flat=True)
    )
    found: dict[Pair, tuple[Finding, ...]] = {}
    for judge in judges:
        side = _judge(judge, known)
        own = (ground("supplier"),) if judge.pk in suppliers else ()
        for row, applicant in sides:
            pair = (row.pk, judge.pk)
            if told := (*stated.get(pair, ()), *conflicts(applicant, side), *own):
                found[pair] = told
    return found


def _stated(rows: Sequence[Application], judges: Sequence[User]) -> dict[Pair, list[Finding]]:
    """The grounds persons stated about these pairs."""
    found: dict[Pair, list[Finding]] = {}
    declared = ConflictOfInterest.objects.filter(reviewer__in=judges, application__in=rows)
    for application, reviewer, reason in declared.values_list("application", "reviewer", "reason"):
        found.setdefault((application, reviewer), []).append(ground("declared", reason=reason))
    filed = Objection.objects.filter(reviewer__in=judges, application__in=rows).exclude(upheld=False)
    for application, reviewer, upheld in filed.values_list("application", "reviewer", "upheld"):
        code = "objection_upheld" if upheld else "objection_open"
        found.setdefault((application, reviewer), []).insert(0, ground(code))
    return found


def _read(rows: Sequence[Application], judges: Sequence[User]) -> _Known:
    known = _Known()
    for member in Member.objects.filter(user__in=judges).select_related("organisation"):
        known.organisations[member.user_id].add(member.organisation)
    profiles = ReviewerProfile.objects.filter(reviewer__in=judges).select_related("organisation")
    for profile in profiles:
        known.profiles[profile.reviewer_id] = profile
        if profile.organisation is not None:
            known.organisations[profile.reviewer_id].add(profile.organisation)
    for relation in DeclaredRelation.objects.filter(reviewer__in=judges, ended_at=None):
        known.relations[relation.reviewer_id].append(
            Relation(
                kind=str(relation.get_kind_display()),
                organisation=relation.organisation,
                number=relation.business_number,
                person=relation.person,
            )
        )
    companies = {row.organisation for row in rows}.union(*known.organisations.values())
    _behind(known, [one for one in companies if one.is_company])
    taught = Application.objects.filter(
        Q(applicant__in=judges) | Q(professor__user__in=judges), professor__isnull=False
    )
    for applicant, professor, user in taught.values_list("applicant", "professor", "professor__user"):
        known.teachers[applicant].add(f"professor:{professor}")
        if user is not None:
            known.pupils[user].add(f"account:{applicant}")
    return known


def _behind(known: _Known, companies: Sequence[Organisation]) -> None:
    """Who is behind each company: its members by account, its representatives by name and birthday."""
    for member in Member.objects.filter(organisation__in=companies).select_related("user"):
        known.behind[member.organisation_id][f"account:{member.user_id}"] = member.user.name
    for one in Representative.objects.filter(organisation__in=companies):
        known.behind[one.organisation_id][f"{one.name}|{one.birth_date}"] = one.name


def _applicant(row: Application, known: _Known) -> Side:
    professor, organisation = row.professor, row.organisation
    behind = known.behind[organisation.pk]
    accounts = {row.applicant_id, professor.user_id if professor else None} - {None}
    names = {row.applicant.name, row.applicant.email, *behind.values()}
    if professor is not None:
        names |= {professor.name, professor.email}
    return Side(
        accounts=frozenset(f"account:{pk}" for pk in accounts),
        organisations=frozenset({str(organisation.pk)}),
        titles=frozenset({organisation.name}),
        numbers=frozenset({organisation.business_number or ""} - {""}),
        behind=behind,
        names=frozenset(names),
        domains=_domains(row.applicant.email, professor.email if professor else ""),
        teachers=frozenset({f"professor:{professor.pk}"} if professor else ()),
    )


def _judge(judge: User, known: _Known) -> Side:
    profile, organisations = known.profiles.get(judge.pk), known.organisations[judge.pk]
    behind: dict[str, str] = {}
    for one in organisations:
        behind |= known.behind[one.pk]
    titles = {one.name for one in organisations} | ({profile.affiliation} if profile else set())
    numbers = {one.business_number or "" for one in organisations} | (
        {profile.business_number} if profile else set()
    )
    return Side(
        accounts=frozenset({f"account:{judge.pk}"}),
        organisations=frozenset(str(one.pk) for one in organisations),
        titles=frozenset(titles - {""}),
        numbers=frozenset(numbers - {""}),
        behind=behind,
        domains=_domains(judge.email),
        teachers=frozenset(known.teachers[judge.pk]),
        pupils=frozenset(known.pupils[judge.pk]),
        relations=tuple(known.relations[judge.pk]),
    )


def _domains(*addresses: str) -> frozenset[str]:
    """The mail domains, public mailers left out."""
    public = public_mail(settings.CATALOGUE_DIR / "public-mail.toml")
    return frozenset(one.rpartition("@")[2].lower() for one in addresses if one) - public
