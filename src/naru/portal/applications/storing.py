"""Writing the fields that changed into their tables, and nothing else; called by the actions on the draft."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Manager

from naru.domain import call as domain
from naru.domain.consent import full_text
from naru.portal.accounts.models import User
from naru.portal.applications import fields, rules
from naru.portal.applications.models import (
    Application,
    ConsentAnswer,
    Declaration,
    Kpi,
    ModelUse,
    PlanAnswer,
)
from naru.portal.audit.actions import fingerprint
from naru.portal.calls import queries as calls
from naru.portal.calls.models import CallVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One writing: the row locked by the caller, the version in force, who and when."""

    kept: Application
    version: CallVersion
    by: User
    at: datetime
    origin: str = ""

    @property
    def terms(self) -> domain.Call:
        """The call in force."""
        return calls.terms(self.version)


def store(write: Write, values: Mapping[str, str], broken: Iterable[str]) -> None:
    """Put each field where it lives; one that is no valid answer stays in `edits` as typed.

    `values` are the fields that change, empty text for a field left empty.
    """
    kept, unfit = write.kept, set(broken) | _twice(write.kept, values)
    for name, text in values.items():
        mark = {"by": write.by.pk, "at": write.at.isoformat()}
        mark |= {"from": write.origin} if write.origin else {}
        kept.edits[name] = mark | ({"raw": text} if text and name in unfit else {})
    valid = {name: text for name, text in values.items() if name not in unfit}
    _basics(kept, valid)
    kept.saves, kept.updated_at = kept.saves + 1, write.at
    kept.save(
        update_fields=[
            "product", "title", "clouds", "youth_claimed", "venture_type", "edits", "updated_at", "saves",
        ]
    )  # fmt: skip
    writers: dict[str, Callable[[Write, Mapping[str, str]], None]] = {
        "plan": _plan, "kpis": _kpis, "models": _models, "declarations": _declarations, "consents": _consents,
    }  # fmt: skip
    for part, writer in writers.items():
        mine = {name: text for name, text in valid.items() if fields.part_of(name) == part}
        if mine:
            writer(write, mine)


def _twice(kept: Application, values: Mapping[str, str]) -> set[str]:
    """Rows whose name another row has already, as when two people add the same target."""
    found = set()
    for prefix, part in ((fields.KPI, "kpis"), (fields.MODEL, "models")):
        rows = {name: text for name, text in values.items() if name.startswith(prefix)}
        if rows:
            seen = {row.name for row in getattr(kept, part).all() if prefix + fields.key_of(row) not in rows}
            for name, text in rows.items():
                title = fields.row_of(text).get("name", "")
                if title and title in seen:
                    found.add(name)
                seen.add(title)
    return found


def _basics(kept: Application, values: Mapping[str, str]) -> None:
    for name in ("product", "title", "venture_type"):
        if name in values:
            setattr(kept, name, values[name])
    if "youth_claimed" in values:
        kept.youth_claimed = values["youth_claimed"] == "yes"
    if "clouds" in values:
        kept.clouds = values["clouds"].split(",") if values["clouds"] else []


def _plan(write: Write, values: Mapping[str, str]) -> None:
    PlanAnswer.objects.bulk_create(
        (
            PlanAnswer(application=write.kept, section=name.removeprefix(fields.PLAN), text=text)
            for name, text in values.items()
        ),
        update_conflicts=True,
        unique_fields=["application", "section"],
        update_fields=["text"],
    )


def _kpis(write: Write, values: Mapping[str, str]) -> None:
    rows = {fields.KPI + fields.key_of(row): row for row in write.kept.kpis.all()}
    made = [
        Kpi(
            application=write.kept,
            key=name.removeprefix(fields.KPI),
            place=_place(name, list(rows), list(values)),
            **_kpi(fields.row_of(text)),
        )
        for name, text in values.items()
        if text
    ]
    _write_rows(Kpi.objects, rows, values, made, fields.KPI_COLUMNS)


def _kpi(row: dict[str, str]) -> dict[str, Any]:
    return row | {name: Decimal(row[name]) for name in fields.NUMBERS}


def _models(write: Write, values: Mapping[str, str]) -> None:
    """Rows of models; the primary one is marked anew whenever a row or the mark changes."""
    rows = {fields.MODEL + fields.key_of(row): row for row in write.kept.models.all()}
    primary = next((name for name, row in rows.items() if row.primary), "")
    if fields.PRIMARY in values:
        primary = fields.MODEL + values[fields.PRIMARY]
    changed = {name: text for name, text in values.items() if name.startswith(fields.MODEL)}
    made = [
        ModelUse(
            application=write.kept,
            key=name.removeprefix(fields.MODEL),
            place=_place(name, list(rows), list(changed)),
            primary=name == primary,
            **fields.row_of(text),
        )
        for name, text in changed.items()
        if text
    ]
    _write_rows(ModelUse.objects, rows, changed, made, (*fields.MODEL_COLUMNS, "primary"))
    for name, row in rows.items():
        if name not in changed and row.primary != (name == primary):
            row.primary = name == primary
            row.save(update_fields=["primary"])


def _write_rows(
    manager: Manager[Any],
    rows: Mapping[str, Kpi | ModelUse],
    values: Mapping[str, str],
    made: Iterable[Kpi | ModelUse],
    columns: Iterable[str],
) -> None:
    """The rows that changed: taken away, written over, or new. Names that change places are written anew."""
    before = {name: row for name, row in rows.items() if name in values}
    wanted = {f"{_prefix(row)}{row.key}": row for row in made}
    old_names = {row.name for row in before.values()}
    moved = any(
        row.name in old_names and name in before and before[name].name != row.name
        for name, row in wanted.items()
    ) or any(row.name in old_names and name not in before for name, row in wanted.items())
    kept = {} if moved else {name: row for name, row in before.items() if name in wanted}
    gone = [row.pk for name, row in before.items() if name not in kept]
    if gone:
        manager.filter(pk__in=gone).delete()
    for name, row in kept.items():
        wanted[name].pk, wanted[name].key = row.pk, row.key
    new = [row for name, row in wanted.items() if name not in kept]
    if kept:
        manager.bulk_update([wanted[name] for name in kept], [*columns])
    if new:
        manager.bulk_create(new)


def _prefix(row: Kpi | ModelUse) -> str:
    return fields.KPI if isinstance(row, Kpi) else fields.MODEL


def _place(name: str, before: list[str], now: list[str]) -> int:
    """Where a row stands: where it stood, a new one behind the others."""
    return before.index(name) if name in before else len(before) + now.index(name)


def _declarations(write: Write, values: Mapping[str, str]) -> None:
    made: dict[str, bool] = {}
    gone: list[str] = []
    for name, text in values.items():
        if name.startswith(fields.SUPPORT):
            programme = name.removeprefix(fields.SUPPORT)
            gone += [f"{programme}:{state}" for state in rules.SUPPORT_STATES if state != text]
            made |= {f"{programme}:{text}": True} if text else {}
        elif text:
            made[name.removeprefix(fields.DECLARE)] = text == "yes"
        else:
            gone.append(name.removeprefix(fields.DECLARE))
    if gone:
        write.kept.declarations.filter(code__in=gone).delete()
    Declaration.objects.bulk_create(
        (
            Declaration(
                application=write.kept,
                code=code,
                declared=declared,
                text_sha256=fingerprint(rules.declaration_text(write.terms, code)),
                declared_at=write.at,
            )
            for code, declared in made.items()
        ),
        update_conflicts=True,
        unique_fields=["application", "code"],
        update_fields=["declared", "text_sha256", "declared_at"],
    )


def _consents(write: Write, values: Mapping[str, str]) -> None:
    """A row per answer, behind those before; an answer cannot be unsaid, only answered anew."""
    words = {f"{fields.CONSENT}{one.id}": one for one in write.terms.consents}
    ConsentAnswer.objects.bulk_create(
        answered(write, words[name], given=text.startswith("yes")) for name, text in values.items() if text
    )


def answered(write: Write, one: domain.Consent, *, given: bool) -> ConsentAnswer:
    """A new row of the history of one consent."""
    return ConsentAnswer(
        application=write.kept,
        code=one.id,
        given=given,
        text_version=one.version,
        text_sha256=fingerprint(full_text(one)),
        call_version=write.version,
        answered_by=write.by,
        answered_at=write.at,
    )
