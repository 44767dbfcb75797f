"""A final sheet leaves a round, or joins it after the closing: the difference is kept and recorded."""

import json
from dataclasses import dataclass
from datetime import datetime

from naru.portal.accounts.models import User
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint
from naru.portal.calls import queries as calls
from naru.portal.evaluation import recomputing
from naru.portal.evaluation.models import Recalculation, ReviewAssignment, ScoreSheet

Facts = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """Part of an act of `by` at `at`: what it answers are facts for that act's one event."""

    by: User
    at: datetime

    def left(self, application: Application, reviewer: User, reason: str) -> Facts:
        """Take the pair's seat out of force, if there is one; what that changed where its sheet was final."""
        seats = ReviewAssignment.objects.select_for_update(of=("self",)).select_related("application__call")
        seat = seats.filter(application=application, reviewer=reviewer, removed_at=None).first()
        if seat is None:
            return {"removed": 0}
        counted = not seat.again and seat.sheets.filter(state=ScoreSheet.State.FINAL).exists()
        before = recomputing.reviewed(seat.application.call, seat.application.round_id) if counted else None
        seat.removed_at, seat.removal_reason = self.at, reason
        seat.save(update_fields=["removed_at", "removal_reason"])
        if before is None:
            return {"removed": 1}
        return {"removed": 1} | self._kept(seat, before.changes_to(before.less(seat)), joined=False)

    def joined(self, seat: ReviewAssignment) -> Facts:
        """The same when a replacement's sheet has become final after the closing."""
        after = recomputing.reviewed(seat.application.call, seat.application.round_id)
        return self._kept(seat, after.less(seat).changes_to(after), joined=True)

    def _kept(self, seat: ReviewAssignment, changes: list[Facts], *, joined: bool) -> Facts:
        """The row, and its facts: scores are in an event only once the seats are frozen (C-04)."""
        made = Recalculation.objects.create(
            assignment=seat, joined=joined, changes=changes, by=self.by, at=self.at
        )
        if calls.quotas_of(seat.application.call, seat.application.round_id):
            return {"recalculation": made.pk, "changes": changes}
        text = json.dumps(changes, sort_keys=True, ensure_ascii=False)
        return {"recalculation": made.pk, "changes_sha256": fingerprint(text)}
