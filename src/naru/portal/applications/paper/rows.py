"""Rows of the printed tables as performance targets and models; a row that cannot be read says why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from naru.documents.form_labels import key_of, ticked
from naru.domain.terms import Text
from naru.portal.applications.answers import KpiAnswer, ModelAnswer
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.models import Kpi, ModelUse
from naru.portal.applications.paper.printing import KPI_HEADINGS, MODEL_HEADINGS, ROWS

NUMBER = re.compile(r"[+-]?\d{1,14}(?:\.\d{1,4})?")
TOO_MANY = Text(ko=f"{ROWS}개까지만 적을 수 있습니다.", en=f"There may be at most {ROWS}.")
AGAIN = Text(ko="같은 이름이 두 번 있습니다.", en="The name stands there twice.")
NAMELESS = Text(ko="이름이 없습니다.", en="It has no name.")
DIRECTION = Text(
    ko="방향은 '높을수록 좋음'이나 '낮을수록 좋음'으로 적으십시오.",
    en="Write the direction as 높을수록 좋음 (higher is better) or 낮을수록 좋음 (lower is better).",
)
NO_FAMILY = Text(
    ko="지원 모델 표에 없는 계열입니다. 표의 이름 그대로 적거나 비워 두십시오.",
    en="The support table has no such family; write its printed name or leave it empty.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """A row, or a cell of it, that is not taken."""

    text: str
    why: Text


class _WrongError(ValueError):
    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def kpis_of(
    rows: Iterable[Mapping[str, str]], before: tuple[KpiAnswer, ...]
) -> tuple[tuple[KpiAnswer, ...], list[RowError]]:
    """The targets of the table; an unreadable row keeps the target of that name, when there is one."""
    found: dict[str, KpiAnswer] = {}
    old, errors = {one.name: one for one in before}, []
    for row in rows:
        name = _line(row.get(KPI_HEADINGS[0], ""))
        try:
            _may_be_added(name, found)
            found[name] = _kpi(name, row, old.get(name))
        except _WrongError as error:
            errors.append(RowError(text=" · ".join(filter(None, row.values())), why=error.why))
            if name in old and name not in found:
                found[name] = old[name]
    return tuple(found.values()), errors


def models_of(
    rows: Iterable[Mapping[str, str]], before: tuple[ModelAnswer, ...]
) -> tuple[tuple[ModelAnswer, ...], list[RowError]]:
    """The models of the table; one of an unknown family is taken without it, and the family listed."""
    found: dict[str, ModelAnswer] = {}
    old, errors = {one.name: one for one in before}, []
    for row in rows:
        texts = [_line(row.get(heading, "")) for heading in MODEL_HEADINGS]
        name, family, primary = texts
        chosen = _ticked(primary)
        if not (name or family or chosen):
            continue
        try:
            _may_be_added(name, found)
            _fits(name, "name", ModelUse)
            key = _family(family) if MODEL_HEADINGS[1] in row else old[name].family if name in old else ""
            if key is None:
                errors.append(RowError(text=f"{name} · {family}", why=NO_FAMILY))
            found[name] = ModelAnswer(name=name, family=key or "", primary=chosen)
        except _WrongError as error:
            errors.append(RowError(text=" · ".join(filter(None, texts)), why=error.why))
    return tuple(found.values()), errors


def _kpi(name: str, row: Mapping[str, str], old: KpiAnswer | None) -> KpiAnswer:
    """A row as a target; a column the file does not have stays as it was."""
    _name, unit, direction, baseline, target, how = KPI_HEADINGS
    _fits(name, "name", Kpi)
    given = {
        "unit": _line(row.get(unit, old.unit if old else "")),
        "how_measured": _line(row.get(how, old.how_measured if old else "")),
    }
    for key, text in given.items():
        _fits(text, key, Kpi)
    return KpiAnswer(
        name=name,
        baseline=_number(row[baseline]) if baseline in row else old.baseline if old else _number(""),
        target=_number(row[target]) if target in row else old.target if old else _number(""),
        direction=_direction(row[direction]) if direction in row else old.direction if old else "higher",
        **given,
    )


def _may_be_added(name: str, found: Mapping[str, object]) -> None:
    if not name:
        raise _WrongError(NAMELESS)
    if name in found:
        raise _WrongError(AGAIN)
    if len(found) >= ROWS:
        raise _WrongError(TOO_MANY)


def _fits(text: str, field: str, model: type[Kpi | ModelUse]) -> None:
    one = model._meta.get_field(field)  # noqa: SLF001 - Django's documented API
    if len(text) > one.max_length:  # type: ignore[operator,union-attr]  # these have one
        longest = one.max_length  # type: ignore[union-attr]
        raise _WrongError(
            Text(
                ko=f"'{one.verbose_name}'은(는) {longest}자까지입니다.",  # type: ignore[union-attr]
                en=f"At most {longest} characters: {field}.",
            )
        )


def _number(text: str) -> Decimal:
    plain = text.replace(",", "").replace(" ", "")
    if not NUMBER.fullmatch(plain):
        raise _WrongError(
            Text(
                ko=f"현재 값과 목표 값은 숫자로만 적으십시오 (지금 '{text}').",
                en=f"Baseline and target are plain numbers (now “{text}”).",
            )
        )
    return Decimal(plain)


def _direction(text: str) -> str:
    if not text or "높" in text or "higher" in text.casefold():
        return Kpi.Direction.HIGHER.value
    if "낮" in text or "lower" in text.casefold():
        return Kpi.Direction.LOWER.value
    raise _WrongError(DIRECTION)


def _family(text: str) -> str | None:
    """The key of a printed entry; empty for none, None for words the table does not have."""
    if not text:
        return ""
    for entry, family in catalogue().entries():
        if key_of(text) in (key_of(entry.printed), key_of(family.key)):
            return family.key
    return None


def _ticked(text: str) -> bool:
    marked = ticked(text)
    return bool(marked) if marked is not None else key_of(text) in {"대표", "예", "o", "v", "yes"}


def _line(text: str) -> str:
    return " ".join(text.split())
