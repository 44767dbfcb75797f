"""One selection run (선정 실행): everything above for all products at once (R-05, R-07, C-04, C-05, E-04).

`decide` is what the command line, the selection room and the published record share: the same values in,
the same decision out, whoever asks. What-if questions are answered by other `Settings`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from naru.domain import grounds
from naru.domain.admissibility import refusals
from naru.domain.application import Application
from naru.domain.assignment import Assigned, Assignment, assign, offers_elsewhere
from naru.domain.bound import Bound, Reading, bound_of
from naru.domain.call import Call
from naru.domain.decision import Finding
from naru.domain.duplicates import Filing, SharedPerson, resolve, shared_persons
from naru.domain.matching import ServerGroup
from naru.domain.quota import largest_remainder, water_filling
from naru.domain.ranking import commitment, merit_order
from naru.domain.scoring import Score, bonuses_due, half_up, score, shown
from naru.domain.selection import Candidate, Choice, demand, readings, select
from naru.domain.terms import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run may decide differently from the call; None leaves the call's own rule.

    `round` may be omitted when the call has one round. `spill` confirms the spill-over proposal.
    `reading`, `share` (of the bounded sector) and `min_score` are what-if questions, or a departure from
    the call that a person signs with `reason`.
    """

    round: str | None = None
    reading: Reading | None = None
    min_score: Fraction | None = None
    spill: bool = False
    reason: str = ""
    share: Fraction | None = None

    def __post_init__(self) -> None:
        require(self.share is None or 0 < self.share <= 1, f"share: {self.share} is not within 0..1")

    @property
    def departs(self) -> bool:
        """Whether a rule of the call is set aside, which needs a reason; confirming a spill-over is none."""
        return (self.reading, self.share, self.min_score) != (None, None, None)


class SelectionRefusedError(ValueError):
    """The run refuses; `problems` names each cause and how to mend it, `held` the duplicate groups."""

    def __init__(self, problems: tuple[str, ...], held: tuple[tuple[str, ...], ...] = ()) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.held = held


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The decision about one application: `rank` and `waiting` count from 1 within the product."""

    id: str
    sector: str
    product: str
    status: Literal["selected", "waiting", "below_pass_mark", "duplicate"]
    score: str
    bonus: Fraction
    rank: int | None
    waiting: int | None
    finding: Finding
    assigned: Assigned | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductResult:
    """One product: frozen `quota`, `seats` used, the choice, the readings beside it, and the cut-offs.

    `cutoffs` are the scores of the last selected (unbounded sector, bounded sector), None where none is.
    `proposal` is the seats the spill-over would give.
    """

    product: str
    quota: int
    seats: int
    demand: int
    proposal: int
    choice: Choice
    readings: tuple[Choice, ...]
    cutoffs: tuple[str | None, str | None]
    ranked: tuple[str, ...]
    assignment: Assignment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A whole run: rulings by application id ascending, products in the call's order."""

    settings: Settings
    bound: Bound
    commitment: str
    rulings: tuple[Ruling, ...]
    products: tuple[ProductResult, ...]
    warnings: tuple[SharedPerson, ...]
    scores: Mapping[str, Score]

    def ruling(self, application_id: str) -> Ruling:
        """The ruling on one application; KeyError when it took no part."""
        for entry in self.rulings:
            if entry.id == application_id:
                return entry
        raise KeyError(application_id)

    def product(self, product: str) -> ProductResult:
        """The result of one product; KeyError when the call has none such."""
        for entry in self.products:
            if entry.product == product:
                return entry
        raise KeyError(product)


def decide(
    call: Call,
    applications: Sequence[Application],
    seed: str,
    capacities: Sequence[ServerGroup] | None = None,
    settings: Settings | None = None,
) -> Decision:
    """Score, rank, select and, with `capacities`, match all applications of one round.

    The order of `applications` and `capacities` never matters. Raises SelectionRefusedError listing every
    cause: unresolved duplicates, sheets out of bounds, too few reviews, unknown products or sectors.
    """
    settings = settings or Settings()
    entries = sorted(applications, key=lambda entry: entry.id)
    problems, held = refusals(call, entries, capacities or (), settings.round)
    if problems or not seed:
        raise SelectionRefusedError((*problems, *([] if seed else ["seed: is empty"])), held)
    filed = filings(entries)
    kept = set(resolve(filed, call.selection.duplicates).kept)
    scores = {entry.id: scored(call, entry) for entry in entries}
    admitted = [entry for entry in entries if entry.id in kept]
    bound = _bound(call, settings)
    pools = merit_pools(call, admitted, scores, seed, settings)
    results = _results(call, pools, scores, bound, settings)
    if capacities is not None:
        by_id = {entry.id: entry for entry in entries}
        results = [_matched(call, result, by_id, capacities) for result in results]
    return Decision(
        settings=settings,
        bound=bound,
        commitment=commitment(seed),
        rulings=_rulings(call, entries, kept, scores, results, bound),
        products=tuple(results),
        warnings=shared_persons(filed),
        scores=scores,
    )


def quotas(call: Call, round_id: str | None = None) -> dict[str, int]:
    """The frozen seats of each product in a round, by the call's shares."""
    rounds = [entry for track in call.tracks for entry in track.rounds]
    seats = call.round(round_id).seats if round_id else rounds[0].seats
    parts = largest_remainder(seats, [resource.share for resource in call.resources])
    return {resource.id: part for resource, part in zip(call.resources, parts, strict=True)}


def filings(entries: Sequence[Application]) -> tuple[Filing, ...]:
    """Who filed when for which unit: what duplicates are found by."""
    return tuple(
        Filing(id=entry.id, unit=entry.unit, submitted_at=entry.submitted_at, persons=entry.persons)
        for entry in entries
    )


def scored(call: Call, entry: Application) -> Score:
    """The score of one application with the bonuses due to it."""
    due = bonuses_due(call.bonuses, entry.sector, entry.claimed, entry.evidenced)
    return score(entry.sheets, scoring=call.scoring, criteria=call.criteria, bonuses=due)


def _bound(call: Call, settings: Settings) -> Bound:
    bound = bound_of(call.constraints[0] if call.constraints else None)
    return replace(
        bound,
        reading=bound.reading if settings.reading is None else settings.reading,
        share=bound.share if settings.share is None else settings.share,
    )


def merit_pools(
    call: Call,
    admitted: Sequence[Application],
    scores: Mapping[str, Score],
    seed: str,
    settings: Settings,
) -> dict[str, tuple[Candidate, ...]]:
    """The merit order of each product, those below the pass mark left out."""
    mark = call.selection.min_score if settings.min_score is None else settings.min_score
    least = 0 if mark is None else half_up(mark, call.scoring.rounding)
    sectors = {entry.id: entry.sector for entry in admitted}
    criteria = [criterion.id for criterion in call.criteria]
    pools = {}
    for resource in call.resources:
        ids = [entry.id for entry in admitted if entry.product == resource.id]
        pool = {key: scores[key] for key in ids if scores[key].pass_steps >= least}
        order = merit_order(pool, order=call.selection.order, criteria=criteria, seed=seed)
        pools[resource.id] = tuple(Candidate(id=key, sector=sectors[key]) for key in order)
    return pools


def _results(
    call: Call,
    pools: Mapping[str, Sequence[Candidate]],
    scores: Mapping[str, Score],
    bound: Bound,
    settings: Settings,
) -> list[ProductResult]:
    frozen = quotas(call, settings.round)
    wanted = {key: demand(pool, bound) for key, pool in pools.items()}
    spill = call.selection.spill == "water_filling"
    proposal = water_filling(frozen, wanted) if spill else dict(frozen)
    results = []
    for key, pool in pools.items():
        seats = proposal[key] if settings.spill else frozen[key]
        choice = select(pool, seats, bound)
        lasts = [None if at is None else scores[pool[at].id].steps for at in choice.last]
        cutoffs = [None if steps is None else shown(steps, call.scoring.rounding) for steps in lasts]
        results.append(
            ProductResult(
                product=key,
                quota=frozen[key],
                seats=seats,
                demand=wanted[key],
                proposal=proposal[key],
                choice=choice,
                readings=readings(pool, seats, bound),
                cutoffs=(cutoffs[0], cutoffs[1]),
                ranked=tuple(candidate.id for candidate in pool),
            )
        )
    return results


def _matched(
    call: Call,
    result: ProductResult,
    by_id: Mapping[str, Application],
    capacities: Sequence[ServerGroup],
) -> ProductResult:
    awardees = [by_id[key] for key in result.choice.selected]
    return replace(result, assignment=assign(result.product, awardees, capacities, call.matching))


def _rulings(
    call: Call,
    entries: Sequence[Application],
    kept: set[str],
    scores: Mapping[str, Score],
    results: Sequence[ProductResult],
    bound: Bound,
) -> tuple[Ruling, ...]:
    """One ruling for everyone who took part, by application id."""
    assignments = [result.assignment for result in results if result.assignment]
    servers = {entry.id: entry for assignment in assignments for entry in assignment.assigned}
    placed = {}
    for result in results:
        for index, key in enumerate(result.ranked):
            placed[key] = (result, index)
    waiting = {key: n for result in results for n, key in enumerate(result.choice.waitlist, start=1)}
    rulings = []
    for entry in entries:
        place = placed.get(entry.id)
        assigned = servers.get(entry.id)
        if assigned is not None and assigned.vendor is None:
            assigned = replace(assigned, offers=offers_elsewhere(entry, assignments, call.matching))
        rulings.append(
            Ruling(
                id=entry.id,
                sector=entry.sector,
                product=entry.product,
                status=_status(entry.id, kept, place),
                score=shown(scores[entry.id].steps, call.scoring.rounding),
                bonus=scores[entry.id].bonus,
                rank=None if place is None else place[1] + 1,
                waiting=waiting.get(entry.id),
                finding=_finding(call, entry, kept, place, bound),
                assigned=assigned,
            )
        )
    return tuple(rulings)


def _status(
    key: str, kept: set[str], place: tuple[ProductResult, int] | None
) -> Literal["selected", "waiting", "below_pass_mark", "duplicate"]:
    if key not in kept:
        return "duplicate"
    if place is None:
        return "below_pass_mark"
    result, index = place
    return "selected" if result.choice.statuses[index] == "selected" else "waiting"


def _finding(
    call: Call,
    entry: Application,
    kept: set[str],
    place: tuple[ProductResult, int] | None,
    bound: Bound,
) -> Finding:
    if entry.id not in kept:
        return grounds.duplicate((("policy", call.selection.duplicates),))
    if place is None:
        return grounds.below_pass_mark(call.selection.clause, ())
    result, index = place
    choice = result.choice
    facts = [("rank", str(index + 1)), ("seats", str(choice.seats)), ("filled", str(choice.filled))]
    status = choice.statuses[index]
    if status == "selected":
        return grounds.selected(call.selection.clause, facts)
    if status == "seats_full":
        return grounds.seats_full(facts)
    return grounds.sector_bound(bound.clause, [*facts, ("cap", str(choice.public_cap))])
