"""The record (공개 기록) of a selection run: everything anyone needs to repeat it, in one JSON file (R-05).

Inputs (application ids as they are, units, persons and reviewers as ordinals), every ruling with its
reason and clause, certificates, the seed and its commitment, one hash per section and one over them all.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from naru.codec.call import call_hash, dump_call
from naru.codec.rows import RowProblem, RowsFileError, once
from naru.codec.rulings import certificate_data, product_data, ruling_data
from naru.domain.application import Application
from naru.domain.call import Call
from naru.domain.matching import ServerGroup
from naru.domain.run import Decision, Settings, decide

SCHEMA = 1
KIND = "naru-selection"
LOTTERY = 'sha256(seed + ":" + application id), ascending'

Record = dict[str, Any]


def make_record(
    call: Call,
    applications: Sequence[Application],
    seed: str,
    capacities: Sequence[ServerGroup] | None = None,
    settings: Settings | None = None,
) -> Record:
    """Run `naru.domain.run.decide` and write its record; `capacities` None means matching was not run.

    Raises SelectionRefusedError as `decide` does, ValueError when a relaxation has no reason.
    """
    decision = decide(call, applications, seed, capacities, settings)
    return record_of(call, applications, decision, seed, capacities)


def record_of(
    call: Call,
    applications: Sequence[Application],
    decision: Decision,
    seed: str,
    capacities: Sequence[ServerGroup] | None = None,
) -> Record:
    """The record of a decision already taken from exactly these values."""
    settings = decision.settings
    if settings.departs and not settings.reason.strip():
        raise ValueError("settings.reason: a rule was relaxed; write who asked for it and why")
    names = _Names(applications)
    sections: Record = {
        "schema": SCHEMA,
        "kind": KIND,
        "call": {
            "id": call.id,
            "version": call.version,
            "hash": call_hash(call),
            "snapshot": dump_call(call),
        },
        "settings": _settings_data(settings),
        "lottery": {"rule": LOTTERY, "commitment": decision.commitment, "seed": seed},
        "applications": [_application_data(call, entry, names) for entry in names.entries],
        "capacities": None if capacities is None else [_group_data(group) for group in sorted(capacities)],
        "products": [product_data(call, result, decision) for result in decision.products],
        "rulings": [ruling_data(call, entry, decision) for entry in decision.rulings],
        "certificates": [
            data for result in decision.products for data in certificate_data(result.assignment)
        ],
        "warnings": [{"id": entry.id, "unit": names.unit(entry.unit)} for entry in decision.warnings],
    }
    return {**sections, "hashes": hashes(sections)}


def hashes(sections: Mapping[str, Any]) -> dict[str, str]:
    """sha256 of each section as canonical JSON, and of all these hashes together as `root`."""
    parts = {key: _sha(value) for key, value in sections.items()}
    return {**parts, "root": _sha(parts)}


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces, text as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def dump_record(record: Record) -> str:
    """The file's text: indented, a line break at the end."""
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_record(path: Path, record: Record) -> None:
    """Write the file whole or not at all."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            file.write(dump_record(record))
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def load_record(path: Path) -> Any:
    """The JSON of a record file as it stands; RowsFileError when it is not JSON, OSError when unreadable."""
    try:
        return json.loads(
            path.read_bytes().decode("utf-8"), object_pairs_hook=once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        reason = f"is not the JSON of a record ({error}); ask for the file again"
        raise RowsFileError(str(path), [RowProblem(row=0, column="", reason=reason)]) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _sha(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class _Names:
    """Ordinals for units, persons and reviewers, by first appearance along ascending application ids.

    They depend on no real name: sheets are put in order of their points before reviewers are counted.
    """

    def __init__(self, applications: Sequence[Application]) -> None:
        self.entries = sorted(applications, key=lambda entry: entry.id)
        self._units: dict[str, str] = {}
        self._persons: dict[str, str] = {}
        self._reviewers: dict[str, str] = {}
        for entry in self.entries:
            self._units.setdefault(entry.unit, f"unit-{len(self._units) + 1}")

    def unit(self, key: str) -> str:
        """The ordinal of a unit."""
        return self._units[key]

    def person(self, key: str) -> str:
        """The ordinal of a person; a person who is a unit keeps the unit's."""
        return self._units.get(key) or self._persons.setdefault(key, f"person-{len(self._persons) + 1}")

    def reviewer(self, key: str) -> str:
        """The ordinal of a reviewer."""
        return self._reviewers.setdefault(key, f"reviewer-{len(self._reviewers) + 1}")


def _application_data(call: Call, entry: Application, names: _Names) -> Record:
    criteria = [criterion.id for criterion in call.criteria]
    sheets = sorted(entry.sheets, key=lambda sheet: [-sheet.points[key] for key in criteria])
    return {
        "id": entry.id,
        "unit": names.unit(entry.unit),
        "sector": entry.sector,
        "product": entry.product,
        "reviews": [
            {
                "reviewer": names.reviewer(sheet.reviewer),
                "points": {key: sheet.points[key] for key in criteria},
            }
            for sheet in sheets
        ],
        "bonus": {"claimed": sorted(entry.claimed), "evidenced": sorted(entry.evidenced)},
        "vendors": sorted(entry.vendors),
        "clouds": list(entry.clouds),
        "persons": [names.person(person) for person in entry.persons],
        "submitted_at": None if entry.submitted_at is None else entry.submitted_at.isoformat(),
    }


def _group_data(group: ServerGroup) -> Record:
    return {
        "product": group.product,
        "vendor": group.vendor,
        "cloud": group.cloud,
        "capacity": group.capacity,
    }


def _settings_data(settings: Settings) -> Record:
    mark: Fraction | None = settings.min_score
    return {
        "round": settings.round,
        "reading": settings.reading,
        "min_score": None if mark is None else str(mark),
        "spill": settings.spill,
        "reason": settings.reason,
        # only where it was asked for: records made before the question existed keep their hashes
        **({} if settings.share is None else {"share": str(settings.share)}),
    }
