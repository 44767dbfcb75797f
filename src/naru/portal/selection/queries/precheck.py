"""What the servers entered so far would come to for a run, and what one other number would move.

Asked before anything is decided; nothing is written.
"""

from collections.abc import Sequence
from dataclasses import replace

from naru.codec.record import Record, record_of
from naru.codec.verification import RunInputs, read_inputs
from naru.domain.matching import ServerGroup as Group
from naru.domain.run import Decision, SelectionRefusedError, decide
from naru.domain.supply import Move, moved
from naru.portal.selection.models import SelectionRun, ServerGroup
from naru.portal.selection.queries.supply import capacities


def precheck(run: SelectionRun) -> Record | None:
    """The record a matching of `run` would give now; None where the supply names an unknown product."""
    groups = capacities(run.call)
    given = read_inputs(run.record)
    decision = _decided(given, groups)
    if decision is None:
        return None
    return record_of(given.call, given.applications, decision, given.seed, groups)


def moves(run: SelectionRun, group: ServerGroup, capacity: int) -> tuple[Move, ...]:
    """Who of the selected would gain, lose or change a server if one group had `capacity` of them."""
    groups = capacities(run.call)
    key = (group.product, group.vendor.code, group.cloud.code)
    changed = [
        replace(one, capacity=capacity) if (one.product, one.vendor, one.cloud) == key else one
        for one in groups
    ]
    given = read_inputs(run.record)
    before, after = _decided(given, groups), _decided(given, changed)
    return moved(before, after) if before and after else ()


def _decided(given: RunInputs, groups: Sequence[Group]) -> Decision | None:
    try:
        return decide(given.call, given.applications, given.seed, groups, given.settings)
    except SelectionRefusedError:
        return None
