"""Is every score as it was entered? The sheets' own chains, and what the audit record says of each state."""

from collections.abc import Iterator
from itertools import groupby

from naru.domain.sheet import first_break
from naru.portal.audit import queries as audit
from naru.portal.audit.held import Held
from naru.portal.evaluation import queries
from naru.portal.evaluation.models import ScoreSheet

KEY = "score-sheets"
ROW = "evaluation.scoresheet"
WORDS = {
    "missing": "missing, or out of its order",
    "order": "does not follow the state before it",
    "content": "content was changed",
}
BATCH = 2000


def verify() -> Held:
    """Recompute every saved state, and compare with the record in both directions.

    A chain alone cannot tell that its end was cut off, nor that a whole chain was computed anew: the record
    of the act can. Names application, reviewer (by id) and state of each break.
    """
    recorded = _recorded()
    breaks: list[str] = []
    rows = 0
    for where, sheets in _chains():
        rows += len(sheets)
        if broken := first_break((queries.state_of(one), one.sha256) for one in sheets):
            breaks.append(f"{where}, state {broken[0]}: {WORDS[broken[1]]}")
        breaks += [f"{where}, state {one.number}: {wrong}" for one, wrong in _wrong(sheets, recorded)]
    breaks += [
        f"sheet of application {application}, state {number}: recorded and no longer there"
        for _sha256, application, number in recorded.values()
    ]
    return Held(rows=rows, breaks=tuple(breaks))


def _recorded() -> dict[str, tuple[str, object, object]]:
    """What the record says of each saved state, by the state's id."""
    events = audit.events(subject_type=ROW).order_by("pk").values_list("subject_id", "facts")
    return {
        subject: (str(facts.get("sha256", "")), facts.get("application"), facts.get("number"))
        for subject, facts in events.iterator(chunk_size=BATCH)
    }


def _chains() -> Iterator[tuple[str, list[ScoreSheet]]]:
    """The saved states sheet by sheet, in order, each with its name."""
    rows = ScoreSheet.objects.select_related("assignment__application")
    rows = rows.order_by("assignment_id", "number", "pk")
    for _pk, sheets in groupby(rows.iterator(chunk_size=BATCH), key=lambda one: one.assignment_id):
        kept = list(sheets)
        assignment = kept[0].assignment
        yield f"{assignment.application.number}, reviewer {assignment.reviewer_id}", kept


def _wrong(
    sheets: list[ScoreSheet], recorded: dict[str, tuple[str, object, object]]
) -> Iterator[tuple[ScoreSheet, str]]:
    """States that do not add up or that the record tells otherwise; what was seen is taken out of it."""
    for one in sheets:
        told = recorded.pop(str(one.pk), None)
        if one.total != sum(one.points.values()):
            yield one, "the total is not the sum of its points"
        if told is None:
            yield one, "no act is recorded for it"
        elif told[0] != one.sha256:
            yield one, "the record has another hash"
