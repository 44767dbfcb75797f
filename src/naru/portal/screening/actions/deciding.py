"""A person's part in screening: each finding ruled on, the card decided; both are kept (R-01)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from naru.domain.decision import Outcome
from naru.domain.rulings import OWN, FindingRuling, Ruled, as_a_whole, outcome, rule
from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.screening import models, queries, refusals
from naru.portal.screening.acting import require_operator
from naru.portal.screening.models import CorrectionRequest, Screening

Decision = Screening.Decision
DECIDED = (Decision.ELIGIBLE, Decision.INELIGIBLE)
PROPOSES = {Outcome.PASSED: Decision.ELIGIBLE, Outcome.FAILED: Decision.INELIGIBLE}
COMES_TO = {decision: found for found, decision in PROPOSES.items()}


@transaction.atomic
def rule_finding(
    *, by: User, at: datetime, screening: Screening, mark: str, after: str, reason: str = ""
) -> models.FindingRuling:
    """Confirm or override one finding (`mark`, empty for the person's own); a row more, none is changed.

    On a card decided before, the decision follows at once. Refused for a finding that is there no more,
    for what is no answer, and without a reason where the rules or an earlier ruling said otherwise.
    """
    require_operator(by)
    kept = _locked(screening)
    standing = queries.ruled(kept)
    now = next((one for one in standing if queries.mark(one) == mark), None)
    if now is None:
        raise refusals.finding_gone()
    if kept.decision in DECIDED and not reason.strip():
        raise refusals.reason_missing(kept.proposed, kept.decision)
    made = rule(now, Outcome(after), reason)
    [row] = _keep(kept, [(now, made)], by, at)
    if kept.decision in DECIDED:
        proposal = PROPOSES.get(Outcome(kept.outcome))
        if proposal is None:
            raise refusals.decided_already(kept.decision)
        if proposal != kept.decision:
            _decided(kept, proposal, reason, by, at)
    kept.save(update_fields=["outcome"])
    facts = {
        "clause": row.clause,
        "code": row.code,
        "found": row.found,
        "before": row.before,
        "after": row.after,
        "outcome": kept.outcome,
        "decision": kept.decision,
        "reason": fingerprint(row.reason),
    }
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.rule", subject=kept, facts=facts, call_id=slug)
    return row


@transaction.atomic
def decide(*, by: User, at: datetime, screening: Screening, decision: str, reason: str = "") -> Screening:
    """Decide the card; the findings not ruled on are thereby confirmed, or ruled on where they differ.

    A reason is needed unless the findings as ruled come to the same decision and it is the first. Refused
    (E-11) as ineligible while a correction request is open and not due.
    """
    require_operator(by)
    kept = _locked(screening)
    if decision not in DECIDED:
        raise refusals.no_such_decision(decision)
    standing = queries.ruled(kept)
    proposal = PROPOSES.get(_outcome(standing))
    if (proposal != decision or kept.decision in DECIDED) and not reason.strip():
        raise refusals.reason_missing(kept.proposed, decision)
    if proposal != decision:
        implied = as_a_whole(standing, COMES_TO[Decision(decision)], reason)
        _keep(kept, [(_on(standing, one), one) for one in implied], by, at)
    before = kept.decision
    _decided(kept, decision, reason, by, at)
    facts = {
        "proposed": kept.proposed,
        "outcome": kept.outcome,
        "before": before,
        "decision": decision,
        "overrides": kept.overrides,
        "reason": fingerprint(kept.reason),
        "ruled": [
            [one.finding.clause, one.finding.code, one.finding.outcome, one.outcome]
            for one in queries.ruled(kept)
            if one.ruling
        ],
    }
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.decide", subject=kept, facts=facts, call_id=slug)
    return kept


def _decided(kept: Screening, decision: str, reason: str, by: User, at: datetime) -> None:
    """Store the decision with what the card comes to."""
    if decision == Decision.INELIGIBLE:
        _window_over(kept, at)
    proposal = PROPOSES.get(Outcome(kept.proposed))
    kept.decision = Decision(decision)
    kept.overrides = proposal is not None and proposal != decision
    kept.reason, kept.decided_by, kept.decided_at = reason.strip(), by, at
    kept.save(update_fields=["decision", "overrides", "outcome", "reason", "decided_by", "decided_at"])


def _outcome(standing: Iterable[Ruled]) -> Outcome:
    """What the card comes to as it stands."""
    return outcome([one.finding for one in standing], [one.ruling for one in standing if one.ruling])


def _on(standing: Iterable[Ruled], made: FindingRuling) -> Ruled | None:
    """What a ruling is about; None for the person's own finding made anew."""
    return next(
        (one for one in standing if (one.finding.code, queries.mark(one)) == (made.code, made.mark)), None
    )


def _keep(
    kept: Screening, made: Iterable[tuple[Ruled | None, FindingRuling]], by: User, at: datetime
) -> list[models.FindingRuling]:
    """Add the rows and note (unsaved) what the card comes to."""
    rows = models.FindingRuling.objects.bulk_create(
        models.FindingRuling(
            screening=kept,
            clause=one.clause,
            code=one.code,
            mark=one.mark,
            found="" if one.code == OWN or on is None else on.finding.outcome,
            before=on.outcome if on else Outcome.PASSED,
            after=one.after,
            said_ko=on.finding.reason.ko if on else "",
            said_en=on.finding.reason.en if on else "",
            reason=one.reason,
            ruled_by=by,
            ruled_at=at,
        )
        for on, one in made
    )
    kept.outcome = _outcome(queries.ruled(kept))
    return rows


def _locked(screening: Screening) -> Screening:
    rows = Screening.objects.select_for_update(of=("self",)).select_related("application__call")
    return rows.get(pk=screening.pk)


def _window_over(screening: Screening, at: datetime) -> None:
    waiting = CorrectionRequest.objects.filter(
        application=screening.application_id, answered_at=None, withdrawn_at=None, due_at__gt=at
    ).first()
    if waiting is not None:
        raise refusals.correction_open(waiting.item, waiting.due_at)
