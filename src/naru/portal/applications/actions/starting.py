"""Starting an application: a draft for a company or a professor, in one transaction with whoever is new."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from naru.domain.decision import Outcome, Refused
from naru.domain.eligibility import may_apply
from naru.portal.accounts.models import User
from naru.portal.applications import refusals
from naru.portal.applications.editing import must_be_open
from naru.portal.applications.models import Application
from naru.portal.applications.parties import must_belong
from naru.portal.audit.actions import record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.organisations import entering
from naru.portal.organisations.models import Organisation, Professor


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """For whom: the organisation by which kind, in which role, and the professor of a university's."""

    organisation: Organisation
    kind: str
    role: str
    professor: Professor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """What staff or a student of a university types to begin; known institutions and professors are found."""

    kind: str
    institution: str
    role: str
    professor: entering.ProfessorDetails


@transaction.atomic
def start(
    *,
    by: User,
    at: datetime,
    call: Call,
    round_id: str,
    organisation: Organisation,
    kind: str,
    role: str,
    professor: Professor | None = None,
) -> Application:
    """Open a draft for a unit: the company, or the professor named.

    Refused outside the intake (A-03), for a kind the call does not admit (E-03), for a role that does not
    fit the sector or a unit that is not the person's own (E-01, E-02), and while this person has a live
    application for the same unit (E-04).
    """
    party = Party(organisation=organisation, kind=kind, role=role, professor=professor)
    application = _drafted(by, at, call, round_id, party)
    facts = _facts(application)
    record(by=by, at=at, action="applications.start", subject=application, facts=facts, call_id=call.slug)
    return application


@transaction.atomic
def start_public(*, by: User, at: datetime, call: Call, round_id: str, entry: PublicEntry) -> Application:
    """Open a draft for a professor; institution and professor are entered with it when they are new.

    Staff are the professor of their own account, whatever was typed. Refused as `start` is, and then neither
    of them is left behind; also for an address that is not the staff's own (E-02).
    """
    if entry.role == Application.Role.STAFF and entry.professor.email.strip().lower() != by.email.lower():
        raise refusals.not_the_professor(entry.professor.name)
    institution = _institution(entry, at)
    professor = entering.enter_professor(institution, entry.professor)
    party = Party(organisation=institution, kind=entry.kind, role=entry.role, professor=professor)
    application = _drafted(by, at, call, round_id, party)
    facts = _facts(application) | {"institution": institution.pk, "professor": professor.pk}
    record(by=by, at=at, action="applications.start", subject=application, facts=facts, call_id=call.slug)
    return application


def _institution(entry: PublicEntry, at: datetime) -> Organisation:
    """The university or hospital of that name, entered now when it is new."""
    known = Organisation.objects.select_for_update().filter(
        name=entry.institution.strip(),
        kind=entry.kind,
        legal_form=Organisation.LegalForm.PUBLIC_INSTITUTION,
    )
    details = entering.OrganisationDetails(
        name=entry.institution, kind=entry.kind, legal_form=Organisation.LegalForm.PUBLIC_INSTITUTION
    )
    return known.first() or entering.enter_organisation(details, at=at)


def _drafted(by: User, at: datetime, call: Call, round_id: str, party: Party) -> Application:
    """The draft, or the refusal of whatever stands against it."""
    version = calls.current(call)
    terms = calls.terms(version)
    must_be_open(terms.round(round_id), at)
    found = may_apply(terms, party.kind)
    sector = terms.party_of(party.kind)
    if sector is None or found.outcome is not Outcome.PASSED:
        raise Refused(found)
    if (sector.unit == "professor") != (
        party.professor is not None and party.role != Application.Role.COMPANY
    ):
        raise refusals.wrong_role(sector.unit)
    must_belong(by, party.organisation, party.role, party.professor)
    unit = party.professor.unit if party.professor else party.organisation.unit
    live = Application.objects.filter(call=call, applicant=by, unit=unit).exclude(
        state=Application.State.WITHDRAWN
    )
    if (other := live.values_list("pk", flat=True).first()) is not None:
        raise refusals.already_applying(other)
    return Application.objects.create(
        call=call,
        version=version,
        round_id=round_id,
        applicant=by,
        organisation=party.organisation,
        professor=party.professor,
        role=Application.Role(party.role),
        sector=sector.id,
        kind=party.kind,
        unit=unit,
        created_at=at,
        updated_at=at,
    )


def _facts(application: Application) -> dict[str, object]:
    return {
        "round": application.round_id,
        "sector": application.sector,
        "kind": application.kind,
        "role": application.role,
        "version": application.version.number,
    }
