"""Several reverse relations of some rows in a single query, where one for each is too many (ADR 0090)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any

from django.db.models import DateTimeField, Field, JSONField, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

Wanted = Mapping[str, tuple[str, ...]]


class _Exact(json.JSONDecoder):
    """Reads figures as decimals, as the columns hold them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal})


class _Record(JSONObject):
    """The fields of one row as a JSON object."""

    output_field = JSONField(decoder=_Exact)


def gather(owners: Sequence[Model], wanted: Wanted) -> None:
    """Fill relations as `prefetch_related_objects` does, all in one query and in their models' own order.

    `wanted`: a reverse foreign key of the owners, all of one model -> the fields its rows need, none of them
    a JSON field; other fields stay deferred. `file__sha256` reads a field of a row they point at.
    """
    if not owners:
        return
    by_key = {owner.pk: owner for owner in owners}
    found: dict[tuple[str, Any], list[Model]] = {(name, key): [] for name in wanted for key in by_key}
    first, *others = (_rows(owners[0], name, list(by_key), fields) for name, fields in wanted.items())
    for name, key, pk, values in first.union(*others, all=True):
        found[name, key].append(_row(name, by_key[key], pk, values))
    for (name, key), rows in found.items():
        _keep(by_key[key], name, rows)


def _link(owner: Model, name: str) -> tuple[type[Model], str]:
    """The model behind a reverse foreign key, and the name of its way back."""
    relation: Any = owner._meta.get_field(name)  # noqa: SLF001 - Django's documented API
    return relation.related_model, relation.field.name


def _rows(
    owner: Model, name: str, keys: list[Any], fields: Iterable[str]
) -> QuerySet[Any, tuple[str, Any, int, dict[str, Any]]]:
    model, back = _link(owner, name)
    rows = model._default_manager.filter(**{f"{back}__in": keys}).order_by()  # noqa: SLF001 - documented API
    return rows.values_list(Value(name), f"{back}_id", "pk", _Record(**{field: field for field in fields}))


def _row(name: str, owner: Model, pk: int, values: dict[str, Any]) -> Model:
    """The row as Django reads it from the database, with the fields it was asked for; it knows its owner."""
    model, back = _link(owner, name)
    there: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        relation, _dots, field = path.partition("__")
        if field:
            there.setdefault(relation, {})[field] = value
    held = {key: value for key, value in values.items() if "__" not in key}
    row = _made(model, held | {"id": pk, f"{back}_id": owner.pk})
    setattr(row, back, owner)
    for relation, inner in there.items():
        other: Any = model._meta.get_field(relation).related_model  # noqa: SLF001 - documented API
        setattr(row, relation, _made(other, inner | {"id": values[f"{relation}_id"]}))
    return row


def _made(model: type[Model], held: Mapping[str, Any]) -> Model:
    own = [field for field in model._meta.concrete_fields if field.attname in held]  # noqa: SLF001 - documented API
    return model.from_db(
        None, [field.attname for field in own], [_python(field, held[field.attname]) for field in own]
    )


def _python(field: Field[Any, Any], value: Any) -> Any:
    """A value as its column gives it; SQLite keeps instants as UTC without saying so."""
    if isinstance(field, DateTimeField) and value is not None:
        instant = parse_datetime(value)
        return instant.replace(tzinfo=UTC) if instant is not None and is_naive(instant) else instant
    return field.to_python(value)


def _keep(owner: Model, name: str, rows: list[Model]) -> None:
    """Put the rows where `prefetch_related_objects` puts them, in the order of their model."""
    kept: QuerySet[Model] = getattr(owner, name).all()
    ordering = [str(key) for key in kept.model._meta.ordering or ()]  # noqa: SLF001 - documented API
    for key in reversed([*ordering, "pk"]):
        attribute = key.removeprefix("-")
        if attribute != _link(owner, name)[1]:  # all rows here have one owner
            rows.sort(key=lambda row, of=attribute: getattr(row, of), reverse=key.startswith("-"))  # type: ignore[misc]
    kept._result_cache = rows  # noqa: SLF001 - as in Django's prefetch_one
    if not hasattr(owner, "_prefetched_objects_cache"):
        owner._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    owner._prefetched_objects_cache[name] = kept  # type: ignore[attr-defined]  # noqa: SLF001 - as above
