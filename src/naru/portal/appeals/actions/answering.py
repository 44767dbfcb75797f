"""Answering an appeal: put off once, dismissed or rejected by one, upheld by two (R-06)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from naru.domain.appeal import REMEDIES, answer_until
from naru.domain.scoring import Sheet, sheet_problems
from naru.portal.accounts.models import User
from naru.portal.appeals import mails, queries, refusals
from naru.portal.appeals.access import must_be_operator
from naru.portal.appeals.models import Appeal
from naru.portal.audit.actions import fingerprint, record

Verdict = Literal["dismissed", "rejected", "upheld"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an operator answers; `code` says why an appeal is dismissed, `remedy` what a success leads to.

    `points`: assignment -> criterion -> the points that should have been entered; `bonuses`: ids now found
    evidenced. Both only for the remedy "correct".
    """

    verdict: Verdict
    reason: str
    code: str = ""
    remedy: str = ""
    points: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    bonuses: Iterable[str] = ()


@transaction.atomic
def extend(*, by: User, at: datetime, appeal: Appeal, reason: str) -> Appeal:
    """Put the answer off, once, with a reason that is mailed."""
    must_be_operator(by)
    kept = _open(appeal)
    terms = queries.terms_of(kept)
    if kept.extended_at is not None or not terms.appeal.extensions:
        raise refusals.extended_already(terms.appeal.extensions)
    if not reason.strip():
        raise refusals.reason_missing()
    kept.extended_at, kept.extension_reason = at, reason.strip()
    kept.due_at = answer_until(terms, kept.filed_at, 1)
    kept.save(update_fields=["extended_at", "extension_reason", "due_at"])
    mails.tell(kept, "extended", at=at)
    facts = {"due": kept.due_at.isoformat(), "reason": fingerprint(kept.extension_reason)}
    record(by=by, at=at, action="appeals.extend", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def answer(*, by: User, at: datetime, appeal: Appeal, given: Answer) -> Appeal:
    """Dismiss or reject an appeal, which is final and mailed; or propose to uphold it, for another's word.

    Refused without a reason, and for a remedy that does not fit or a correction that changes nothing.
    """
    must_be_operator(by)
    kept = _open(appeal)
    if kept.state != Appeal.State.FILED:
        raise refusals.wrong_state(kept.state, Appeal.State.FILED)
    if not given.reason.strip():
        raise refusals.reason_missing()
    kept.reason, kept.sent_back = given.reason.strip(), ""
    if given.verdict == "upheld":
        kept.remedy, kept.corrections = given.remedy, _corrections(kept, given)
        kept.state, kept.proposed_by, kept.proposed_at = Appeal.State.PROPOSED, by, at
    else:
        kept.state, kept.code = Appeal.State(given.verdict), given.code
        kept.decided_by, kept.decided_at = by, at
    kept.save()
    if given.verdict != "upheld":
        mails.tell(kept, "answered", at=at)
    facts = {
        "verdict": given.verdict,
        "code": given.code,
        "remedy": kept.remedy,
        "late": at >= kept.due_at,
        "reason": fingerprint(kept.reason),
    }
    record(by=by, at=at, action="appeals.answer", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def confirm(*, by: User, at: datetime, appeal: Appeal) -> Appeal:
    """The second person upholds the appeal: who filed it is told, and the second look begins."""
    must_be_operator(by)
    kept = _open(appeal)
    if kept.state != Appeal.State.PROPOSED:
        raise refusals.wrong_state(kept.state, Appeal.State.PROPOSED)
    if kept.proposed_by_id == by.pk:
        raise refusals.same_person()
    kept.state, kept.decided_by, kept.decided_at = Appeal.State.UPHELD, by, at
    kept.save(update_fields=["state", "decided_by", "decided_at"])
    mails.tell(kept, "answered", at=at)
    facts = {"remedy": kept.remedy, "proposed_by": kept.proposed_by_id, "late": at >= kept.due_at}
    record(by=by, at=at, action="appeals.confirm", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


@transaction.atomic
def send_back(*, by: User, at: datetime, appeal: Appeal, reason: str) -> Appeal:
    """The second person does not agree: the appeal waits for an answer again, with the reason."""
    must_be_operator(by)
    kept = _open(appeal)
    if kept.state != Appeal.State.PROPOSED:
        raise refusals.wrong_state(kept.state, Appeal.State.PROPOSED)
    if not reason.strip():
        raise refusals.reason_missing()
    kept.state, kept.sent_back = Appeal.State.FILED, reason.strip()
    kept.proposed_by, kept.proposed_at, kept.remedy, kept.corrections = None, None, "", {}
    kept.save()
    facts = {"reason": fingerprint(kept.sent_back)}
    record(by=by, at=at, action="appeals.send_back", subject=kept, facts=facts, call_id=kept.call.slug)
    return kept


def _open(appeal: Appeal) -> Appeal:
    """The appeal, locked, while it waits for its answer."""
    kept = queries.locked(appeal)
    if kept.state not in queries.OPEN:
        raise refusals.wrong_state(kept.state, ", ".join(queries.OPEN))
    return kept


def _corrections(appeal: Appeal, given: Answer) -> dict[str, Any]:
    """What a correction changes, as it is kept; empty for the other remedies."""
    if given.remedy not in REMEDIES[appeal.against]:  # type: ignore[index]  # its field holds words of `Against`
        raise refusals.remedy_unfit(given.remedy)
    if given.remedy != "correct":
        return {}
    terms = queries.terms_of(appeal)
    stored = {one.assignment_id: one.points for one in queries.first_sheets(appeal.application)}
    changed = {
        key: {name: value for name, value in points.items() if stored.get(key, {}).get(name) != value}
        for key, points in given.points.items()
    }
    changed = {key: points for key, points in changed.items() if points}
    bonuses = sorted({*given.bonuses} & {bonus.id for bonus in terms.bonuses})
    whole = [Sheet(reviewer=str(key), points=stored.get(key, {}) | points) for key, points in changed.items()]
    if not (changed or bonuses) or any(sheet_problems(sheet, terms.criteria) for sheet in whole):
        raise refusals.nothing_corrected()
    return {"sheets": {str(key): points for key, points in changed.items()}, "bonuses": bonuses}
