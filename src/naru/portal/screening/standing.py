"""What the applicant's page shows of screening: the outcome and the corrections still asked for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from naru.portal.applications.models import Application
from naru.portal.applications.standing import Line
from naru.portal.calls import queries as calls
from naru.portal.screening.forms import PARTS
from naru.portal.screening.models import Screening, TechnicalDecision
from naru.portal.ui.wording import localised

RELATED = ("screening", "technical_decision")
TONES = {"pending": "wait", "correction": "warn", "eligible": "ok", "ineligible": "bad"}


def lines(application: Application, at: datetime) -> Iterator[Line]:
    """The screening's decision, each open correction, and an exclusion by the technical review."""
    screening = getattr(application, "screening", None)
    if screening is None:
        return
    yield Line(
        step="screening",
        label=_("서류적격심사"),
        state=screening.get_decision_display(),
        tone=TONES[screening.decision],
        note=screening.reason if screening.decision == Screening.Decision.INELIGIBLE else "",
    )
    if screening.decision in (Screening.Decision.PENDING, Screening.Decision.CORRECTION):
        yield from _corrections(application, at)
    decision = getattr(application, "technical_decision", None)
    if decision is not None and decision.decision == TechnicalDecision.Decision.EXCLUDE:
        yield Line(
            step="screening",
            label=_("사전 기술검토"),
            state=decision.get_decision_display(),
            tone="bad",
            note=decision.reason,
        )


def _corrections(application: Application, at: datetime) -> Iterator[Line]:
    titles: dict[str, Any] = {rule.code: rule.title for rule in calls.terms(application.version).documents}
    names = titles | dict(PARTS)
    for row in application.corrections.filter(answered_at=None):
        late = at >= row.due_at
        yield Line(
            step="screening",
            label=_("보완 요청: %(item)s") % {"item": localised(names.get(row.item, names["other"]))},
            state=_("기한 지남") if late else _("답변을 기다림"),
            tone="bad" if late else "warn",
            asked="" if late else _("보완 요청에 답하십시오."),
            due=row.due_at,
            url=reverse("screening:corrections", args=[application.pk]),
        )
