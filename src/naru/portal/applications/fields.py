"""The form as one flat mapping, field name to text: what a draft holds, whatever table each answer lives in.

Merging, completeness and the pages read this mapping. An answer that is not valid yet (a target that is no
number) stands in no table: `Application.edits[name]["raw"]` keeps it as typed, over the stored answer.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import count
from typing import Any

from naru.portal.applications.answers import Answers
from naru.portal.applications.models import Application, ConsentAnswer, Kpi, ModelUse

PLAN, DECLARE, SUPPORT, CONSENT, KPI, MODEL = "plan_", "declare_", "support_", "consent_", "kpi_", "model_"
PRIMARY = "primary_model"
BASICS = ("product", "title", "venture_type", "youth_claimed", "clouds")
PARTS = ("plan", "kpis", "models", "declarations", "consents")
KPI_COLUMNS = ("name", "unit", "direction", "baseline", "target", "how_measured")
MODEL_COLUMNS = ("name", "family")
NUMBERS = ("baseline", "target")
IN_FLIGHT = timedelta(seconds=30)  # a save may be on its way as long as a proxy's word is believed


def tidy(text: str) -> str:
    """Text as it is kept, compared and counted: composed, line ends as one sign, no blank ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def figure(text: str) -> str:
    """A number in one spelling ("1,000.50" is "1000.5"); anything else as typed."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
    return format(number.normalize(), "f") if number.is_finite() and abs(number.adjusted()) < 40 else text  # noqa: PLR2004 - longer ones are refused as numbers


def row_text(columns: Iterable[str], given: Mapping[str, str]) -> str:
    """One row of a table as text; empty when nothing of it is filled in."""
    row = {name: tidy(given.get(name, "")) for name in columns}
    row |= {name: figure(row[name]) for name in NUMBERS if name in row}
    filled = any(value for name, value in row.items() if name != "direction")
    return json.dumps(row, ensure_ascii=False) if filled else ""


def row_of(text: str) -> dict[str, str]:
    """The columns of a row kept as text."""
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def key_of(row: Kpi | ModelUse) -> str:
    """The key of a row on the page; rows from before keys go by their number."""
    return row.key or f"r{row.pk}"


def held(application: Application, parts: Iterable[str] = PARTS) -> dict[str, str]:
    """Every answered field of the named parts (and the basics), what is not valid yet over what is."""
    found = stored(application, parts)
    for name, text in raw(application).items():
        if part_of(name) in (*parts, ""):
            found[name] = text
    return {name: text for name, text in found.items() if text}


def stored(application: Application, parts: Iterable[str] = PARTS) -> dict[str, str]:
    """The valid answers of the named parts and the basics, as their tables hold them."""
    found = _basics(application)
    readers = {
        "plan": _plan, "kpis": _kpis, "models": _models, "declarations": _declarations, "consents": _consents,
    }  # fmt: skip
    for part in parts:
        found |= readers[part](application)
    return found


def raw(application: Application) -> dict[str, str]:
    """What was typed and is no answer yet, by field."""
    return {name: edit["raw"] for name, edit in application.edits.items() if edit.get("raw")}


def in_flight(application: Application, path: str, *, by: int, opened: datetime) -> bool:
    """Whether an item of the receipt (`plan.need`) changed only by what `by` was typing as a page opened.

    A page that saves itself sends its last words as it is left: they may land after the next page was made.
    """
    head = path.partition(".")[0]
    saves = [
        (edit["by"], datetime.fromisoformat(edit["at"]) - opened)
        for name, edit in application.edits.items()
        if (part_of(name) or name) == head
    ]
    since = [(person, late) for person, late in saves if late >= -IN_FLIGHT]
    return bool(since) and all(person == by and late <= IN_FLIGHT for person, late in since)


def part_of(name: str) -> str:
    """The table a field's answer lives in; empty for the basics."""
    prefixes = {PLAN: "plan", KPI: "kpis", MODEL: "models", DECLARE: "declarations", SUPPORT: "declarations"}
    prefixes |= {CONSENT: "consents", PRIMARY: "models"}
    return next((part for prefix, part in prefixes.items() if name.startswith(prefix)), "")


def consents(application: Application) -> dict[str, ConsentAnswer]:
    """The last answer to each consent; a withdrawn one counts as refused."""
    return {row.code: row for row in application.consents.all()}


def consent_value(*, given: bool, version: int) -> str:
    """An answer to a consent as text: it is an answer to one version of the words, and to no other."""
    return f"{_yes(given)}-{version}"


def of_answers(answers: Answers, keys: Mapping[str, str], versions: Mapping[str, int]) -> dict[str, str]:
    """The whole form as fields.

    `keys` maps prefix and name of a row to the field it has already, `versions` a consent to its text's.
    """
    found = {
        "product": answers.product,
        "title": tidy(answers.title),
        "venture_type": answers.venture_type,
        "youth_claimed": _yes(answers.youth_claimed) if answers.youth_claimed else "",
        "clouds": ",".join(answers.clouds),
    }
    found |= {f"{PLAN}{section}": tidy(text) for section, text in answers.plan.items()}
    for code, declared in answers.declarations.items():
        found |= _declared(code, declared)
    for code, given in answers.consents.items():
        found[f"{CONSENT}{code}"] = consent_value(given=given, version=versions[code])
    for kpi in answers.kpis:
        name = keys.get(KPI + kpi.name.strip()) or _free(KPI, {*keys.values(), *found})
        found[name] = row_text(KPI_COLUMNS, {column: str(getattr(kpi, column)) for column in KPI_COLUMNS})
    for model in answers.models:
        name = keys.get(MODEL + model.name.strip()) or _free(MODEL, {*keys.values(), *found})
        found[name] = row_text(MODEL_COLUMNS, {"name": model.name, "family": model.family})
        if model.primary:
            found[PRIMARY] = name.removeprefix(MODEL)
    return {name: text for name, text in found.items() if text}


def row_names(application: Application) -> dict[str, str]:
    """Prefix and name of every stored row to its field: a form read elsewhere meets its rows again."""
    found = {KPI + row.name: KPI + key_of(row) for row in application.kpis.all()}
    return found | {MODEL + row.name: MODEL + key_of(row) for row in application.models.all()}


def _free(prefix: str, taken: set[str]) -> str:
    """The first field of a row that no row has."""
    return next(name for place in count() if (name := f"{prefix}a{place}") not in taken)


def _yes(value: Any) -> str:
    return "yes" if value else "no"


def _basics(application: Application) -> dict[str, str]:
    return {
        "product": application.product,
        "title": application.title,
        "venture_type": application.venture_type,
        "youth_claimed": "yes" if application.youth_claimed else "",
        "clouds": ",".join(application.clouds),
    }


def _plan(application: Application) -> dict[str, str]:
    return {f"{PLAN}{row.section}": row.text for row in application.plan.all()}


def _kpis(application: Application) -> dict[str, str]:
    return {
        KPI + key_of(row): row_text(
            KPI_COLUMNS, {column: str(getattr(row, column)) for column in KPI_COLUMNS}
        )
        for row in application.kpis.all()
    }


def _models(application: Application) -> dict[str, str]:
    rows = sorted(application.models.all(), key=lambda row: (row.place, row.pk))
    found = {
        MODEL + key_of(row): row_text(MODEL_COLUMNS, {"name": row.name, "family": row.family}) for row in rows
    }
    primary = next((key_of(row) for row in rows if row.primary), "")
    return found | {PRIMARY: primary}


def _declarations(application: Application) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in application.declarations.all():
        found |= _declared(row.code, row.declared)
    return found


def _declared(code: str, declared: bool) -> dict[str, str]:  # noqa: FBT001 - a stored pair
    programme, _colon, state = code.partition(":")
    if state:
        return {f"{SUPPORT}{programme}": state} if declared else {}
    return {f"{DECLARE}{code}": _yes(declared)}


def _consents(application: Application) -> dict[str, str]:
    return {
        f"{CONSENT}{code}": consent_value(given=row.given, version=row.text_version)
        for code, row in consents(application).items()
    }


def stands(history: Iterable[ConsentAnswer], code: str) -> bool:
    """Whether the last answer to a consent agrees."""
    last = [row.given for row in history if row.code == code][-1:]
    return last == [True]
