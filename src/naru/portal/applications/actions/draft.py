"""Writing an application before it is submitted: start it, save the answers, attach documents."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from naru.documents import Limits, gate, name_fits
from naru.domain import call as domain
from naru.domain.decision import Outcome, Refused
from naru.domain.eligibility import may_apply
from naru.portal.accounts.models import User
from naru.portal.applications import refusals, rules
from naru.portal.applications.answers import Answers, DocumentDates
from naru.portal.applications.models import (
    Application,
    Declaration,
    EvidenceDocument,
    Kpi,
    ModelUse,
    PlanAnswer,
    StoredFile,
)
from naru.portal.applications.parties import must_act_for, must_belong
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Organisation, Professor

LIMITS = Limits()


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
    version = calls.current(call)
    terms = calls.terms(version)
    _must_be_open(terms.round(round_id), at)
    found = may_apply(terms, kind)
    party = terms.party_of(kind)
    if party is None or found.outcome is not Outcome.PASSED:
        raise Refused(found)
    if (party.unit == "professor") != (professor is not None and role != Application.Role.COMPANY):
        raise refusals.wrong_role(party.unit)
    must_belong(by, organisation, role, professor)
    unit = professor.unit if professor else organisation.unit
    live = Application.objects.filter(call=call, applicant=by, unit=unit).exclude(
        state=Application.State.WITHDRAWN
    )
    if (other := live.values_list("pk", flat=True).first()) is not None:
        raise refusals.already_applying(other)
    application = Application.objects.create(
        call=call,
        version=version,
        round_id=round_id,
        applicant=by,
        organisation=organisation,
        professor=professor,
        role=Application.Role(role),
        sector=party.id,
        kind=kind,
        unit=unit,
        created_at=at,
        updated_at=at,
    )
    facts = {"round": round_id, "sector": party.id, "kind": kind, "role": role, "version": version.number}
    record(by=by, at=at, action="applications.start", subject=application, facts=facts, call_id=call.slug)
    return application


@transaction.atomic
def save_answers(*, by: User, at: datetime, application: Application, answers: Answers) -> Application:
    """Keep the whole form; what is left empty is empty afterwards.

    Refused to others (E-01, E-02), after the close and while the application is submitted. Returns the row
    as it now stands.
    """
    kept = _editable(by, application, at)
    kept.product, kept.title, kept.clouds = answers.product, answers.title.strip(), list(answers.clouds)
    kept.youth_claimed, kept.venture_type = answers.youth_claimed, answers.venture_type
    kept.updated_at, kept.saves = at, kept.saves + 1
    kept.save(
        update_fields=["product", "title", "clouds", "youth_claimed", "venture_type", "updated_at", "saves"]
    )
    _replace_parts(kept, answers, at)
    facts = {"sections": sorted(answers.plan), "kpis": len(answers.kpis), "models": len(answers.models)}
    record(
        by=by,
        at=at,
        action="applications.save_answers",
        subject=kept,
        facts=facts,
        call_id=kept.call.slug,
    )
    return kept


def _replace_parts(kept: Application, answers: Answers, at: datetime) -> None:
    """The rows of plan, KPIs, models and declarations, as the answers have them and no others."""
    terms = calls.terms(kept.version)
    if kept.saves > 1:  # before that there is nothing to replace
        for rows in (kept.plan, kept.kpis, kept.models, kept.declarations):
            rows.all().delete()
    PlanAnswer.objects.bulk_create(
        PlanAnswer(application=kept, section=section, text=text.strip())
        for section, text in answers.plan.items()
    )
    Kpi.objects.bulk_create(
        Kpi(
            application=kept,
            name=kpi.name.strip(),
            unit=kpi.unit.strip(),
            direction=Kpi.Direction(kpi.direction),
            baseline=kpi.baseline,
            target=kpi.target,
            how_measured=kpi.how_measured.strip(),
        )
        for kpi in answers.kpis
    )
    ModelUse.objects.bulk_create(
        ModelUse(application=kept, family=model.family, name=model.name.strip(), primary=model.primary)
        for model in answers.models
    )
    Declaration.objects.bulk_create(
        Declaration(
            application=kept,
            code=code,
            declared=declared,
            text_sha256=fingerprint(rules.declaration_text(terms, code)),
            declared_at=at,
        )
        for code, declared in answers.declarations.items()
    )


@transaction.atomic
def attach_document(
    *,
    by: User,
    at: datetime,
    application: Application,
    code: str,
    filename: str,
    content: bytes,
    dates: DocumentDates,
    until: datetime | None = None,
) -> EvidenceDocument:
    """Keep an evidence document; the same code again replaces the one before.

    Bytes seen before under such a name are not gated or stored again. `until` is the due instant of a
    correction request (보완요청): until then a submitted application takes documents after the close.
    Refused to others (E-01, E-02), by the gates (A-02), for a code the call does not ask for, and outside
    the intake (A-03).
    """
    kept = _editable(by, application, at) if until is None else _correctable(by, application, at, until)
    if code not in {rule.code for rule in calls.terms(kept.version).documents}:
        raise refusals.unknown_document(code)
    file = _stored(content, filename, at)
    EvidenceDocument.objects.filter(application=kept, code=code).delete()
    document = EvidenceDocument.objects.create(
        application=kept,
        code=code,
        file=file,
        filename=filename,
        issued_on=dates.issued_on,
        valid_from=dates.valid_from,
        valid_until=dates.valid_until,
        fiscal_year_end=dates.fiscal_year_end,
        uploaded_by=by,
        uploaded_at=at,
    )
    facts = {"code": code, "sha256": file.sha256, "correction": until is not None}
    record(
        by=by,
        at=at,
        action="applications.attach_document",
        subject=kept,
        facts=facts,
        call_id=kept.call.slug,
    )
    return document


def _stored(content: bytes, filename: str, at: datetime) -> StoredFile:
    """The row of these bytes; new bytes, and a name with another ending, pass the gates first."""
    found = StoredFile.objects.filter(sha256=fingerprint(content)).first()
    if found is not None and name_fits(filename, found.media_type):
        return found
    verdict = gate(content, filename, limits=LIMITS)
    if verdict.reasons:
        raise Refused(verdict.reasons[0])
    return found or StoredFile.objects.create(
        sha256=verdict.sha256,
        size=len(content),
        media_type=verdict.media_type,
        content=ContentFile(content, name=verdict.sha256),
        verdict=StoredFile.Verdict(verdict.verdict.value),
        gated_at=at,
    )


def _must_be_open(one: domain.Round, at: datetime) -> None:
    if not one.accepts(at):
        raise refusals.not_open(one.opens_at, one.last_closing, at)


def _locked(by: User, application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).select_related("call", "version")
    kept = locked.defer("version__snapshot").get(pk=application.pk)
    must_act_for(by, kept)
    return kept


def _editable(by: User, application: Application, at: datetime) -> Application:
    """The row, locked, when this person may change it now."""
    kept = _locked(by, application)
    _must_be_open(calls.terms(calls.current(kept.call)).round(kept.round_id), at)
    if kept.state == Application.State.SUBMITTED:
        raise refusals.not_editable(kept.state)
    return kept


def _correctable(by: User, application: Application, at: datetime, until: datetime) -> Application:
    """The row, locked, when a correction request lets this person mend it now."""
    kept = _locked(by, application)
    if at >= until or kept.state != Application.State.SUBMITTED:
        raise refusals.correction_over(until)
    return kept
