"""What the servers entered so far would come to for a run, before anything is decided or written."""

from naru.codec.record import Record, record_of
from naru.codec.verification import read_inputs
from naru.domain.run import SelectionRefusedError, decide
from naru.portal.selection.models import SelectionRun
from naru.portal.selection.queries.supply import capacities


def precheck(run: SelectionRun) -> Record | None:
    """The record a matching of `run` would give now; None where the supply names an unknown product."""
    groups = capacities(run.call)
    given = read_inputs(run.record)
    try:
        decision = decide(given.call, given.applications, given.seed, groups, given.settings)
    except SelectionRefusedError:
        return None
    return record_of(given.call, given.applications, decision, given.seed, groups)
