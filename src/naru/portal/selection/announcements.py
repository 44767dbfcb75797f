"""The mails of a selection: one decision per applicant ever, held until the publication; corrections (R-06).

The key of a decision mail names the application alone, so that the database itself refuses a second one.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse

from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.mail import outbox
from naru.portal.selection.models import SelectionOutcome, SelectionRun


def hold(run: SelectionRun, *, at: datetime) -> int:
    """Write one mail to each who applied in the round and did not withdraw; it waits for `release`."""
    outcomes = {row.application_id: row for row in run.outcomes.all()}
    said = _said(run)
    return outbox.put_many(
        [
            _letter(
                one,
                "selection/decision",
                f"decision:{one.pk}",
                said | _decided(outcomes.get(one.pk)) | {"title": said["titles"].get(one.product)},
            )
            for one in _applied(run).exclude(state=Application.State.WITHDRAWN)
        ],
        at=at,
        batch=run,
        held=True,
    )


def take_back(run: SelectionRun) -> int:
    """Take back the mails held for a run that another one replaces before anybody was told."""
    return outbox.drop(run)


def release(run: SelectionRun, *, at: datetime) -> int:
    """Let the mails go, in the same few queries for any number; who withdrew meanwhile is not written to."""
    withdrawn = list(_applied(run).filter(state=Application.State.WITHDRAWN))
    if withdrawn:
        outbox.drop(run, about=withdrawn)
    return outbox.release(run, at=at)


def tell_corrected(run: SelectionRun, *, at: datetime) -> int:
    """Write to those whose public result changed: what it was, what it is, and why."""
    said = _said(run) | {"reason": run.replacing_reason}
    rows = run.corrections.select_related("application__applicant", "before", "after")
    return outbox.put_many(
        [
            _letter(
                row.application,
                "selection/corrected",
                f"correction:{run.pk}:{row.application_id}",
                said | {"row": row, "title": said["titles"].get(row.application.product)},
            )
            for row in rows
        ],
        at=at,
        batch=run,
    )


def _applied(run: SelectionRun) -> Any:
    found = Application.objects.filter(call=run.call, round_id=run.round_id, submitted_at__isnull=False)
    return found.select_related("applicant").order_by("number")


def _decided(outcome: SelectionOutcome | None) -> dict[str, Any]:
    """The outcome and its reason; nothing for an application that did not come to selection."""
    why = {"ko": outcome.reason_ko, "en": outcome.reason_en} if outcome else None
    return {"outcome": outcome, "why": why}


def _said(run: SelectionRun) -> dict[str, Any]:
    terms = calls.terms(run.version)
    return {
        "terms": terms,
        "titles": {resource.id: resource.title for resource in terms.resources},
        "days": terms.appeal.object_days,
        "contact": terms.contact,
    }


def _letter(application: Application, name: str, key: str, context: dict[str, Any]) -> outbox.Letter:
    reader = application.applicant
    path = reverse("selection:letter", args=[application.pk])
    return outbox.Letter(
        to=reader.email,
        language=reader.language,
        name=name,
        context=context | {"application": application, "path": path},
        about=application,
        key=key,
    )
