"""On which scorecards the sheets of a round were, or would be, scored; there ought to be one (ADR 0101)."""

from naru.domain.call import Call as CallTerms
from naru.domain.sheet import scorecard
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call
from naru.portal.evaluation import again
from naru.portal.evaluation.models import ScoreSheet
from naru.portal.evaluation.queries import in_force, last_sheets
from naru.portal.screening import queries as screening


def of_round(call: Call, round_id: str) -> dict[str, list[str]]:
    """The scorecards of a round's eligible applications, each with their numbers; there ought to be one."""
    rows = screening.eligible(call, round_id).select_related("version").defer("version__snapshot")
    found: dict[str, list[str]] = {}
    for row in rows.order_by("number"):
        found.setdefault(scorecard(calls.terms(row.version).criteria), []).append(str(row))
    return found


def strays(call: Call, round_id: str, terms: CallTerms) -> list[str]:
    """Numbers of applications with a counted sheet that was not scored on these terms' criteria (R-03)."""
    here = again.of_the_round(in_force()).filter(application__call=call, application__round_id=round_id)
    others = last_sheets(here).exclude(scorecard=scorecard(terms.criteria))
    found = others.filter(state=ScoreSheet.State.FINAL).order_by("assignment__application__number")
    return [str(one) for one in found.values_list("assignment__application__number", flat=True).distinct()]
