"""What the applicant's pages show of screening: corrections at once, the outcome with the results (R-06)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from naru.domain import call as domain
from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line, Terms, Told
from naru.portal.screening.models import CertificateRenewal, CorrectionRequest, Screening, TechnicalDecision
from naru.portal.screening.parts import PARTS
from naru.portal.ui.components import Event
from naru.portal.ui.gathering import gather
from naru.portal.ui.wording import localised

RELATED = ("screening", "technical_decision")
# what was asked of the applicant, read in one query
ASKED = {
    "corrections": ("item", "due_at", "requested_at", "answered_at", "withdrawn_at", "withdrawal_reason"),
    "renewals": ("document", "needed_by", "raised_at", "renewed_at", "waived_at"),
}
TONES = {"pending": "wait", "correction": "warn", "eligible": "ok", "ineligible": "bad"}


def told(applications: Sequence[Application], at: datetime, terms: Terms) -> Told:
    """Each correction while it is open, and once results are announced the decision with its reason."""
    live = [one for one in applications if one.state == Application.State.SUBMITTED]
    screened = [one for one in live if getattr(one, "screening", None) is not None]
    gather(screened, ASKED)
    for one in screened:
        for entry in _renewals(one, list(one.renewals.all()), at, terms[one.call_id]):
            yield one, entry
        mine = list(one.corrections.all())
        yield one, _screening(one)
        for line in _corrections(one, mine, at, terms[one.call_id]):
            yield one, line
        for event in _events(one, mine, terms[one.call_id]):
            yield one, event
        if _excluded(one):
            yield one, _technical(one.technical_decision)


def _screening(application: Application) -> Line:
    """The decision, when everybody is told theirs; before that only that screening is under way."""
    screening = application.screening
    if application.announced_at is None and screening.decision != Screening.Decision.CORRECTION:
        return Line(
            step="screening",
            label=_("서류적격심사"),
            state=_("심사 중"),
            tone="wait",
            note=_("결과는 선정 결과를 공지할 때 사유와 함께 알려 드립니다 (R-06)."),
        )
    return Line(
        step="screening",
        label=_("서류적격심사"),
        state=screening.get_decision_display(),
        tone=TONES[screening.decision],
        note=screening.reason if screening.decision == Screening.Decision.INELIGIBLE else "",
    )


def _excluded(application: Application) -> bool:
    decision = getattr(application, "technical_decision", None)
    out = decision is not None and decision.decision == TechnicalDecision.Decision.EXCLUDE
    return out and application.announced_at is not None


def _technical(decision: TechnicalDecision) -> Line:
    return Line(
        step="screening",
        label=_("사전 기술검토"),
        state=decision.get_decision_display(),
        tone="bad",
        note=decision.reason,
    )


def _corrections(
    application: Application, rows: list[CorrectionRequest], at: datetime, terms: domain.Call
) -> Iterator[Line]:
    """Open requests while the screening waits for them."""
    if application.screening.decision not in (Screening.Decision.PENDING, Screening.Decision.CORRECTION):
        return
    for row in rows:
        if not row.open:
            continue
        late = at >= row.due_at
        yield Line(
            step="screening",
            label=_("보완 요청: %(item)s") % {"item": item_name(terms, row.item)},
            state=_("기한 지남") if late else _("답변을 기다림"),
            tone="bad" if late else "warn",
            asked="" if late else _("보완 요청에 답하십시오."),
            due=row.due_at,
            url=reverse("screening:corrections", args=[application.pk]),
        )


def _events(application: Application, rows: list[CorrectionRequest], terms: domain.Call) -> Iterator[Event]:
    """Asked, answered, taken back; the decision once it may be shown."""
    for row in rows:
        item = item_name(terms, row.item)
        yield Event(at=row.requested_at, title=_("보완 요청: %(item)s") % {"item": item}, tone="warn")
        if row.answered_at:
            yield Event(at=row.answered_at, title=_("보완 답변: %(item)s") % {"item": item}, tone="ok")
        if row.withdrawn_at:
            title = _("보완 요청 취소: %(item)s") % {"item": item}
            yield Event(at=row.withdrawn_at, title=title, detail=row.withdrawal_reason)
    screening = application.screening
    if application.announced_at and screening.decided_at:
        title = _("서류적격심사: %(decision)s") % {"decision": screening.get_decision_display()}
        yield Event(at=screening.decided_at, title=title, tone=TONES[screening.decision])  # type: ignore[arg-type]  # the table's values are tones


def _renewals(
    application: Application, rows: list[CertificateRenewal], at: datetime, terms: domain.Call
) -> Iterator[Line | Event]:
    """A task for each certificate to renew, whatever screening says: it tells nothing of the outcome."""
    for row in rows:
        name = item_name(terms, row.document)
        needed = timezone.make_aware(datetime.combine(row.needed_by, time()))
        yield Event(at=row.raised_at, title=_("확인서 갱신 요청: %(item)s") % {"item": name}, tone="warn")
        if row.renewed_at:
            yield Event(at=row.renewed_at, title=_("확인서 갱신: %(item)s") % {"item": name}, tone="ok")
        if row.outstanding:
            late = at >= needed
            yield Line(
                step="screening",
                label=_("확인서 갱신: %(item)s") % {"item": name},
                state=_("기한 지남") if late else _("갱신을 기다림"),
                tone="bad" if late else "warn",
                note=_("유효기간이 할당 전에 끝납니다 (E-05)."),
                asked=_("새로 받은 확인서를 올리십시오."),
                due=needed,
                url=reverse("screening:renewals", args=[application.pk]),
            )


def item_name(terms: domain.Call, item: str) -> str:
    """What a correction is about: the document's title, or the part of the form."""
    titles: dict[str, Any] = {rule.code: rule.title for rule in terms.documents}
    names = titles | dict(PARTS)
    return str(localised(names.get(item, names["other"])))
