"""Reading applications: one with all its parts, the facts the rules judge, what is complete, whose it is."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    ManyToOneRel,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from naru.domain import applicant as facts
from naru.domain.decision import Finding
from naru.portal.accounts.models import User
from naru.portal.applications import completeness as form
from naru.portal.applications import rules
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.models import (
    Application,
    EvidenceDocument,
    ProfessorConfirmation,
    Receipt,
    ReceiptKey,
    SheetExport,
    StoredFile,
)
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, CallVersion
from naru.portal.organisations.models import Member

SILENT = "scanner_silent"  # the gates' code for a scanner that did not answer
PARTS = (
    "plan",
    "kpis",
    "models",
    "declarations",
    "consents",
    Prefetch("documents", EvidenceDocument.objects.select_related("file")),
    "organisation__representatives",
)


def outlines() -> QuerySet[Application]:
    """Applications with whose they are, without their parts."""
    return Application.objects.select_related(
        "call", "version", "organisation", "professor", "applicant", "confirmation"
    ).defer("version__snapshot")


def wholes() -> QuerySet[Application]:
    """Applications with every part loaded, so that `applicant` and `completeness` cost nothing more."""
    return outlines().prefetch_related(*PARTS)


def whole(application: Application, *, lock: bool = False) -> Application:
    """One application as it stands in the database, with its parts; locked until the transaction ends."""
    rows = wholes()
    return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=application.pk)


def pressed(application: Application) -> Application:
    """One application as submission needs it, its row and its call's locked until the transaction ends.

    The call's row is the turnstile of the numbers; both locks are taken in one query.
    """
    professor = User.objects.filter(email=OuterRef("professor__email")).values("language")[:1]
    rows = outlines().annotate(professor_language=Subquery(professor))
    return rows.select_for_update(of=("self", "call")).get(pk=application.pk)


def in_force(application: Application, key_id: str) -> CallVersion:
    """The version in force, in one query with how many numbers are given and whether the key is published."""
    numbered = Application.objects.filter(call=OuterRef("call"), number__isnull=False).order_by()
    counted = numbered.values("call").annotate(count=Count("pk")).values("count")
    versions = CallVersion.objects.filter(call=application.call_id).defer("snapshot")
    return versions.annotate(
        numbered=Coalesce(Subquery(counted), 0), published=Exists(ReceiptKey.objects.filter(pk=key_id))
    ).order_by("-number")[0]


def missing(application: Application) -> tuple[Finding, ...]:
    """What keeps an application from being submitted, by the version it stands under."""
    items = form.needed(application, calls.terms(application.version))
    return tuple(item.finding for item in items if not item.done)


def applicant(application: Application) -> facts.Applicant:
    """The facts the rules of eligibility judge.

    Other applications of the unit (`same_unit`) and the register are the screening's to add.
    """
    organisation = application.organisation
    declared = {row.code: row.declared for row in application.declarations.all()}
    company = organisation.legal_form in ("corporation", "sole_proprietor")
    born = tuple(person.birth_date for person in organisation.representatives.all())
    return facts.Applicant(
        kind=application.kind,
        unit=application.unit,
        role=application.role,  # type: ignore[arg-type]  # the field's choices are the literal's
        legal_form=organisation.legal_form if company else None,  # type: ignore[arg-type]  # as above
        variant=application.venture_type,
        business_started_on=organisation.started_on,
        representatives=born,
        youth_claimed=application.youth_claimed,
        professor_confirmed=is_confirmed(application),
        documents=_documents(application),
        models=_models(application),
        inference_only=declared.get(rules.INFERENCE_ONLY),
        model_trained=declared.get(rules.MODEL_TRAINED),
        declarations=tuple(
            facts.Declaration(code=code, applies=applies) for code, applies in sorted(declared.items())
        ),
        other_support=_other_support(declared),
    )


def is_confirmed(application: Application) -> bool:
    """Whether the professor has confirmed it as it now is (E-02)."""
    return hasattr(application, "confirmation") and application.confirmation.holds


def _documents(application: Application) -> tuple[facts.Document, ...]:
    accepted = StoredFile.Verdict.ACCEPTED
    return tuple(
        facts.Document(
            code=row.code,
            issued_on=row.issued_on,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            fiscal_year_end=row.fiscal_year_end,
            fiscal_year_change=row.fiscal_year_change or None,  # type: ignore[arg-type]  # its choices
        )
        for row in application.documents.all()
        if row.file.verdict == accepted
    )


def _models(application: Application) -> tuple[facts.ModelChoice, ...]:
    """A family taken from the table is listed; a name of the applicant's own is looked up."""
    table = catalogue()
    families = table.by_key()
    return tuple(
        facts.ModelChoice(
            name=row.name, match="listed" if row.family in families else table.find(row.name).verdict
        )
        for row in application.models.all()
    )


def _other_support(declared: dict[str, bool]) -> tuple[facts.OtherSupport, ...]:
    found = []
    for code, applies in sorted(declared.items()):
        programme, _, state = code.partition(":")
        if applies and state in rules.SUPPORT_STATES:
            found.append(facts.OtherSupport(programme=programme, state=state))  # type: ignore[arg-type]
    return tuple(found)


def completeness(application: Application) -> form.Completeness:
    """What is answered and what is missing, by the version the application stands under."""
    terms = calls.terms(application.version)
    return form.judge(application, terms, applicant(application))


def submitted(call: Call, round_id: str) -> QuerySet[Application]:
    """The applications in hand of a round, by number, with every part loaded."""
    return wholes().filter(call=call, round_id=round_id, state=Application.State.SUBMITTED)


def same_unit(application: Application) -> tuple[str, ...]:
    """Numbers of the other submitted applications of the unit in the call, over all rounds (E-04)."""
    others = Application.objects.filter(
        call_id=application.call_id, unit=application.unit, state=Application.State.SUBMITTED
    ).exclude(pk=application.pk)
    return tuple(number for number in others.values_list("number", flat=True) if number)


def acts_for(user: User, application: Application) -> bool:
    """Whether the person works on it: the applicant, and for a company everybody who acts for it."""
    if application.applicant_id == user.pk:
        return True
    company = application.role == Application.Role.COMPANY
    return company and Member.objects.filter(user=user, organisation=application.organisation_id).exists()


def theirs(user: User) -> Q:
    """The same as a condition on applications."""
    companies = Member.objects.filter(user=user).values("organisation")
    return Q(applicant=user) | Q(role=Application.Role.COMPANY, organisation__in=companies)


def is_theirs(user: User) -> Case:
    """The same as a column."""
    return Case(When(theirs(user), then=True), default=False, output_field=BooleanField())


def own(user: User) -> QuerySet[Application]:
    """The applications a person works on, the latest first."""
    mine = Application.objects.filter(theirs(user)).select_related("call", "version", "organisation")
    return mine.defer("version__snapshot").order_by("-created_at")


def confirmations(user: User) -> QuerySet[Application]:
    """The live student applications that name this person as supervising professor.

    A professor entered before opening an account is known by the e-mail address.
    """
    named = Q(professor__user=user) | Q(professor__user=None, professor__email=user.email)
    return (
        Application.objects.filter(named, role=Application.Role.STUDENT)
        .exclude(state=Application.State.WITHDRAWN)
        .select_related("call", "version", "applicant", "organisation", "professor", "confirmation")
        .defer("version__snapshot")
        .order_by("created_at")
    )


def awaits_professor() -> Q:
    """Students' applications without an answer to what they now say: not asked, asked, or changed since."""
    changed = ~Q(confirmation__professor=F("professor")) | ~Q(confirmation__product=F("product"))
    states = ProfessorConfirmation.State
    return Q(role=Application.Role.STUDENT) & (
        Q(confirmation=None)
        | Q(confirmation__state=states.ASKED)
        | (Q(confirmation__state=states.CONFIRMED) & changed)
    )


def content(application: Application) -> dict[str, Any]:
    """What is handed in, as JSON values: the receipt's content; files by their hash."""
    return {
        "number": application.number,
        "revision": application.revision,
        "call": application.call.slug,
        "version": application.version.number,
        "version_sha256": application.version.sha256,
        "round": application.round_id,
        "unit": application.unit,
        "sector": application.sector,
        "kind": application.kind,
        "role": application.role,
        "venture_type": application.venture_type,
        "organisation": application.organisation.name,
        "professor": application.professor.name if application.professor else None,
        "product": application.product,
        "title": application.title,
        "clouds": application.clouds,
        "youth_claimed": application.youth_claimed,
        "plan": {row.section: row.text for row in application.plan.all()},
        "kpis": [
            {
                "name": row.name,
                "unit": row.unit,
                "direction": row.direction,
                "baseline": format(row.baseline.normalize(), "f"),
                "target": format(row.target.normalize(), "f"),
                "how_measured": row.how_measured,
            }
            for row in application.kpis.all()
        ],
        "models": [
            {"name": row.name, "family": row.family, "primary": row.primary}
            for row in application.models.all()
        ],
        "declarations": {row.code: row.declared for row in application.declarations.all()},
        "consents": {
            row.code: {"given": row.given, "version": row.text_version, "text_sha256": row.text_sha256}
            for row in application.consents.all()
        },
        "documents": {row.code: row.file.sha256 for row in application.documents.all()},
    }


def sheet_exports() -> list[SheetExport]:
    """The status sheets taken out lately, the last one first."""
    return list(SheetExport.objects.select_related("call", "exported_by")[:50])


def quarantined() -> list[StoredFile]:
    """The files that wait for another look, the longest waiting first, with whose documents they are."""
    documents = EvidenceDocument.objects.select_related("application__organisation")
    return list(
        StoredFile.objects.filter(verdict=StoredFile.Verdict.QUARANTINED)
        .prefetch_related(Prefetch("documents", documents))
        .order_by("gated_at", "pk")
    )


def unscanned() -> list[StoredFile]:
    """Of the quarantined files those the malware scanner was silent about."""
    return [file for file in quarantined() if any(one["code"] == SILENT for one in file.reasons)]


def unneeded_files(at: datetime) -> list[StoredFile]:
    """The files older than a day that no row refers to and no receipt names (ADR 0075).

    Rows of later steps count too, whichever they are: the model knows who refers to it.
    """
    loose = StoredFile.objects.filter(gated_at__lt=at - timedelta(days=1))
    for relation in StoredFile._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's documented API
        if isinstance(relation, ManyToOneRel):
            rows = relation.related_model._default_manager  # noqa: SLF001 - Django's documented API
            loose = loose.exclude(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
    named = {
        sha256
        for documents in Receipt.objects.values_list("content__documents", flat=True)
        for sha256 in (documents or {}).values()
    }
    return [file for file in loose if file.sha256 not in named]


def is_asked_to_confirm(user: User) -> bool:
    """Whether a live student application names this person as the supervising professor."""
    return confirmations(user).exists()


def readers(call: Call, round_id: str) -> list[tuple[str, str]]:
    """Address and language of everybody with a live draft or submission of a round."""
    rows = Application.objects.filter(call=call, round_id=round_id, applicant__is_active=True)
    live = rows.exclude(state=Application.State.WITHDRAWN).order_by()
    return list(live.values_list("applicant__email", "applicant__language").distinct())
