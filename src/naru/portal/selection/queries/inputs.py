"""What a run is made from now: applications, sheets, bonuses, vendors; and what it would decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from naru.domain import application as domain
from naru.domain import call as terms
from naru.domain.run import Decision, Settings, decide
from naru.domain.scoring import Sheet
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, CallVersion
from naru.portal.evaluation import queries as evaluation
from naru.portal.evaluation.recomputing import claimed, evidenced_bonuses
from naru.portal.organisations.models import Representative
from naru.portal.screening import queries as screening
from naru.portal.selection.queries.supply import capacities


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything a run of one round is made from; `ids` maps a receipt number to the application's row."""

    version: CallVersion
    terms: terms.Call
    applications: tuple[domain.Application, ...]
    ids: Mapping[str, int]
    seed: str

    @property
    def short_of_sheets(self) -> tuple[str, ...]:
        """Receipt numbers with fewer final sheets than the call asks for."""
        least = self.terms.scoring.min_reviews
        return tuple(entry.id for entry in self.applications if len(entry.sheets) < least)


def inputs(call: Call, round_id: str) -> Inputs:
    """The inputs as they stand now: those who go on, their final sheets, bonuses, vendors and clouds."""
    version = calls.current(call)
    said = calls.terms(version)
    rows = list(screening.eligible(call, round_id).select_related("professor"))
    sheets = evaluation.final_sheets(call, round_id)
    vendors = screening.supporting_vendors(rows)
    evidenced = evidenced_bonuses(call, round_id)
    persons = persons_behind(rows)
    seed = calls.seed_of(call, round_id)
    found = tuple(
        domain.Application(
            id=row.number or "",
            unit=row.unit,
            sector=row.sector,
            product=row.product,
            sheets=tuple(Sheet(reviewer=str(who), points=points) for who, points in sheets.get(row.pk, ())),
            claimed=claimed(said, row),
            evidenced=evidenced.get(row.pk, ()),
            vendors=tuple(sorted(vendors[row.pk])),
            clouds=tuple(row.clouds),
            persons=persons[row.pk],
            submitted_at=row.submitted_at,
        )
        for row in rows
    )
    return Inputs(
        version=version,
        terms=said,
        applications=found,
        ids={row.number or "": row.pk for row in rows},
        seed=seed.seed if seed else "",
    )


def persons_behind(rows: Iterable[Application]) -> dict[int, tuple[str, ...]]:
    """For each application keys of the people behind it: who applies, the professor, representatives.

    A representative is known by name and birth date, so that one person of two companies has one key.
    """
    applications = list(rows)
    heads: dict[int, set[str]] = {}
    found = Representative.objects.filter(organisation__in={row.organisation_id for row in applications})
    for organisation, name, born in found.values_list("organisation", "name", "birth_date"):
        key = sha256(f"{name}:{born.isoformat()}".encode()).hexdigest()
        heads.setdefault(organisation, set()).add(f"representative:{key}")
    persons = {}
    for row in applications:
        users = {row.applicant_id, row.professor.user_id if row.professor else None} - {None}
        keys = {f"user:{user}" for user in users} | heads.get(row.organisation_id, set())
        persons[row.pk] = tuple(sorted(keys))
    return persons


def relaxes(settings: Settings) -> bool:
    """Whether the settings depart from the call's own rule, which needs a reason."""
    return settings.departs


def what_if(
    call: Call, round_id: str, settings: Settings, *, given: Inputs | None = None, matched: bool = False
) -> Decision:
    """What a run would decide now under `settings`; nothing is written.

    With `matched` the servers entered so far are handed out too. Raises SelectionRefusedError as a run does.
    """
    given = given or inputs(call, round_id)
    groups = capacities(call) if matched else None
    return decide(given.terms, given.applications, given.seed, groups, settings)
