"""The components as template tags and the wording as filters: `{% load ui %}`.

One page with every tag and an example: docs/developer/ui.md. Each draws a template of `ui/components/`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, ClearableFileInput, Select, SelectMultiple, Textarea
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from naru.portal.ui import clock, factwords, navigation, refusals, wording
from naru.portal.ui.components import Chart

register = template.Library()
register.filter("fact_name", factwords.name)
register.filter("fact_value", factwords.value)

TONE_ICONS = {
    "ok": "check",
    "bad": "cross",
    "warn": "warning",
    "info": "info",
    "active": "play",
    "wait": "clock",
    "neutral": "dash",
}
OUTCOMES = {
    "passed": ("ok", _("충족")),
    "failed": ("bad", _("미충족")),
    "missing": ("warn", _("자료 없음")),
    "person": ("wait", _("담당자 확인")),
    "not_applicable": ("neutral", _("해당 없음")),
}
STEP_STATES = {"done": _("완료"), "now": _("지금"), "next": _("예정"), "blocked": _("멈춤")}


# --- words -------------------------------------------------------------------------------------------------
@register.filter
def moment(value: datetime | None) -> str:
    """`{{ at|moment }}`: an instant with its weekday."""
    return wording.moment(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """`{{ date|day }}`: a date with its weekday."""
    return wording.day(value)


@register.filter
def remaining(value: datetime | None, now: datetime | None = None) -> str:
    """`{{ closes_at|remaining }}`: what is left by the server's clock (or by the given instant)."""
    return wording.DASH if value is None else wording.remaining(value, now or clock.now())


@register.filter
def number(value: int | Decimal | Fraction | None) -> str:
    """`{{ count|number }}`: thousands separated."""
    return wording.grouped(value)


@register.filter
def score(value: Fraction | Decimal | int | None) -> str:
    """`{{ total|score }}`: two decimals, half up."""
    return wording.DASH if value is None else str(wording.hundredths(value))


@register.filter
def won(value: int | None) -> str:
    """`{{ amount|won }}`: money."""
    return wording.won(value)


@register.filter
def units(value: int | Decimal | Fraction | None, unit: str) -> str:
    """`{{ tops|units:"TOPS" }}`: a number never stands without its unit."""
    return wording.units(value, str(unit))


@register.filter
def localised(value: object) -> str:
    """`{{ clause|localised }}`: the active language of a text with `ko` and `en`."""
    return wording.localised(value)


@register.filter
def lookup(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """`{{ clauses|lookup:"E-05" }}`: a mapping's value by a key that is no identifier, None if absent."""
    return mapping.get(key) if mapping else None


@register.filter
def file_size(value: int) -> str:
    """`{{ file.size|file_size }}`."""
    return wording.file_size(value)


@register.simple_tag
def now() -> datetime:
    """`{% now as at %}`: the server's clock, moved in a demonstration."""
    return clock.now()


@register.inclusion_tag("ui/components/deadline.html")
def deadline(at: datetime | None, label: Any = "") -> dict[str, Any]:
    """`{% deadline closes_at %}`: date, weekday, time and what is left, urgent in its last two days."""
    current = clock.now()
    if at is None:
        return {"at": None, "label": label}
    left = at - current
    urgency = "over" if left.total_seconds() <= 0 else "soon" if left.days < 2 else "calm"  # noqa: PLR2004
    same_year = wording.local(at).year == wording.local(current).year
    return {
        "at": at,
        "label": label,
        "urgency": urgency,
        "moment": wording.moment(at, year=not same_year),
        "remaining": wording.remaining(at, current),
    }


# --- frame -------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def main_navigation(context: template.Context) -> list[navigation.Link]:
    """`{% main_navigation as links %}`: the rooms this person may enter."""
    request = context.get("request")
    if request is None:
        return []
    kept = request.session.get(navigation.KEPT) if hasattr(request, "session") else None
    return navigation.links_for(getattr(request, "user", None), request.path, kept)


@register.inclusion_tag("ui/components/demo_banner.html")
def demo_banner() -> dict[str, Any]:
    """`{% demo_banner %}`: says that everything is invented, and what time the demonstration plays at."""
    moved = bool(settings.NARU_CLOCK_OFFSET)
    return {"shown": moved or getattr(settings, "NARU_DEMO", False), "at": clock.now(), "moved": moved}


@register.simple_tag
def government_masthead() -> bool:
    """Whether the official-site masthead is shown: only an agency may switch it on."""
    return bool(getattr(settings, "NARU_GOVERNMENT_MASTHEAD", False))


@register.inclusion_tag("ui/components/breadcrumb.html")
def breadcrumb(*parts: Any) -> dict[str, Any]:
    """`{% breadcrumb "심사" url "신청 12" %}`: label and address by turns; the last label stands alone."""
    pairs = [(parts[place], parts[place + 1]) for place in range(0, len(parts) - 1, 2)]
    return {"pairs": pairs, "here": parts[-1] if len(parts) % 2 else ""}


@register.inclusion_tag("ui/components/page_header.html")
def page_header(title: Any, **answers: Any) -> dict[str, Any]:
    """`{% page_header title lead= where= asked= by= next= next_url= %}`: the three questions answered.

    `where` in the year we are, what is `asked` of the reader, `by` when (aware datetime), what comes `next`.
    """
    known = {"lead", "where", "asked", "by", "next", "next_url", "kicker"}
    if unknown := answers.keys() - known:
        raise template.TemplateSyntaxError(f"page_header: {', '.join(sorted(unknown))} is no argument")
    return {"title": title, **answers, "answered": bool({"where", "asked", "next"} & answers.keys())}


# --- small components --------------------------------------------------------------------------------------
@register.inclusion_tag("ui/components/icon.html")
def icon(name: str, label: Any = "") -> dict[str, Any]:
    """`{% icon "check" %}`: decoration; with a label it is read out."""
    return {"name": name, "label": label}


@register.inclusion_tag("ui/components/badge.html")
def badge(tone: str, label: Any) -> dict[str, Any]:
    """`{% badge "ok" "선정" %}`: tone (ok bad warn info active wait neutral) gives icon and colour."""
    if tone not in TONE_ICONS:
        raise template.TemplateSyntaxError(f"badge: {tone!r} is no tone; choose from {', '.join(TONE_ICONS)}")
    return {"tone": tone, "icon": TONE_ICONS[tone], "label": label}


@register.inclusion_tag("ui/components/badge.html")
def outcome(value: str) -> dict[str, Any]:
    """`{% outcome finding.outcome %}`: the badge of a finding's outcome."""
    tone, label = OUTCOMES[str(value)]
    return {"tone": tone, "icon": TONE_ICONS[tone], "label": label}


@register.inclusion_tag("ui/components/button.html")
def button(
    label: Any, url: str = "", *, kind: str = "primary", size: str = "medium", **attrs: Any
) -> dict[str, Any]:
    """`{% button "제출" %}` submits; with `url` it is a link. kind: primary secondary tertiary text danger.

    Further keywords become attributes, `_` written for `-`: `name="save" value="1" formnovalidate=True`.
    """
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attrs.items() if value is not False}
    return {
        "label": label,
        "url": url,
        "kind": kind,
        "size": size,
        "icon": given.pop("icon", ""),
        "attrs": given,
    }


@register.inclusion_tag("ui/components/facts.html")
def facts(pairs: Iterable[tuple[Any, Any]] | Mapping[Any, Any]) -> dict[str, Any]:
    """`{% facts pairs %}`: label and value, one under another; an empty value shows a dash."""
    return {"pairs": pairs.items() if isinstance(pairs, Mapping) else pairs}


@register.inclusion_tag("ui/components/meter.html")
def meter(label: Any, value: int, maximum: int, unit: Any = "") -> dict[str, Any]:
    """`{% meter "작성" 5 8 "개" %}`: how much is done, with its number."""
    return {
        "label": label,
        "value": value,
        "maximum": maximum,
        "unit": unit,
        "percent": wording.percent(value, maximum),
    }


@register.inclusion_tag("ui/components/score_bar.html")
def score_bar(label: Any, value: Fraction | Decimal | int, maximum: int, note: Any = "") -> dict[str, Any]:
    """`{% score_bar "목적" 24 30 %}`: points of a criterion, as a bar and as text."""
    share = Fraction(value) / maximum if maximum else Fraction(0)
    return {
        "label": label,
        "value": str(value) if isinstance(value, int) else wording.hundredths(value),
        "maximum": maximum,
        "percent": min(100, int(share * 100)),
        "note": note,
    }


@register.inclusion_tag("ui/components/cap_gauge.html")
def cap_gauge(public: int, selected: int, cap: int, label: Any = "") -> dict[str, Any]:
    """`{% cap_gauge 9 20 9 %}`: public selected against the cap, of all selected in the product."""
    state = "bad" if public > cap else "warn" if public == cap else "ok"
    return {
        "label": label,
        "public": public,
        "private": selected - public,
        "selected": selected,
        "cap": cap,
        "left": max(0, cap - public),
        "state": state,
        "public_at": wording.percent(public, selected),
        "cap_at": wording.percent(cap, selected),
    }


# --- larger components -------------------------------------------------------------------------------------
@register.inclusion_tag("ui/components/year_timeline.html")
def year_timeline(steps: Iterable[Any]) -> dict[str, Any]:
    """`{% year_timeline steps %}`: the year (`components.year("screening")`), the present step marked."""
    return {"steps": list(steps), "states": STEP_STATES}


@register.inclusion_tag("ui/components/finding.html", takes_context=True)
def finding(context: Any, found: Any, clause: Any = None) -> dict[str, Any]:
    """`{% finding f clause=clause %}`: clause (linked), outcome, reason, facts, mend; its words on demand."""
    tone, label = OUTCOMES[str(found.outcome)]
    shown = {"finding": found, "clause": clause, "tone": tone, "label": label, "icon": TONE_ICONS[tone]}
    return shown | {"url": refusals.clause_url(found.clause, refusals.call_of(context.get("call")))}


@register.inclusion_tag("ui/components/findings.html", takes_context=True)
def findings(context: Any, found: Iterable[Any], clauses: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`{% findings fs clauses %}`: a list of finding cards; clauses by code."""
    return {"found": list(found), "clauses": clauses or {}, "call": context.get("call")}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[Any], label: Any = "") -> dict[str, Any]:
    """`{% tabs items label="보기" %}`: links that look like tabs, the current one marked."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/events.html")
def events(items: Iterable[Any]) -> dict[str, Any]:
    """`{% events items %}`: a history, one line per event."""
    return {"items": list(items)}


@register.inclusion_tag("ui/components/files.html")
def files(items: Iterable[Any], empty: Any = "") -> dict[str, Any]:
    """`{% files items %}`: documents with their state, those owed included."""
    return {"items": list(items), "empty": empty}


@register.inclusion_tag("ui/components/chart.html")
def chart(drawn: Chart, id: str) -> dict[str, Any]:  # noqa: A002 - reads as the HTML attribute it becomes
    """`{% chart chart id="fit" %}`: a drawing with its table; without JavaScript the table alone."""
    return {"chart": drawn, "id": id, "payload": drawn.payload(), "rows": drawn.rows()}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """`{% pagination page_obj %}`: keeps the rest of the query; nothing for a single page."""
    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    request = context.get("request")
    query = request.GET if request else QueryDict()
    links = [(one, _query(query, parameter, one) if isinstance(one, int) else "") for one in numbers]
    return {
        "page": page,
        "links": links,
        "previous": _query(query, parameter, page.number - 1) if page.has_previous() else "",
        "next": _query(query, parameter, page.number + 1) if page.has_next() else "",
    }


def _query(query: QueryDict, key: str, value: object) -> str:
    changed = query.copy()
    changed[key] = str(value)
    return "?" + changed.urlencode()


@register.inclusion_tag("ui/components/th.html", takes_context=True)
def th(context: template.Context, label: Any, sort: str = "", *, numeric: bool = False) -> dict[str, Any]:
    """`{% th "점수" sort="score" numeric=True %}`: a column's head; `sort` makes it a link `?sort=score`."""
    request = context.get("request")
    query = request.GET if request else QueryDict()
    current = query.get("sort", "")
    order = {sort: "ascending", f"-{sort}": "descending"}.get(current, "none") if sort else ""
    target = f"-{sort}" if order == "ascending" else sort
    url = _query(query, "sort", target) if sort else ""
    return {"label": label, "order": order, "url": url, "numeric": numeric}


# --- blocks ------------------------------------------------------------------------------------------------
def _block(name: str, **values: Any) -> SafeString:
    return mark_safe(render_to_string(f"ui/components/{name}.html", values))  # noqa: S308 - our own template, autoescaped


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: Any = "") -> SafeString:
    """`{% alert "warn" title="..." %}...{% endalert %}`: a notice; tones ok bad warn info."""
    return _block("alert", content=content, tone=tone, title=title, icon=TONE_ICONS[tone])


@register.simple_block_tag
def panel(content: str, title: Any = "", lead: Any = "", id: str = "", level: int = 2) -> SafeString:  # noqa: A002
    """`{% panel "제목" %}...{% endpanel %}`: a section of a page with its heading."""
    return _block("panel", content=content, title=title, lead=lead, id=id, level=level)


@register.simple_block_tag
def table(content: str, caption: Any, rows: Any = True, empty: Any = "", kind: str = "") -> SafeString:  # noqa: FBT002
    """`{% table caption rows=page_obj empty="..." kind="dense" %}<thead>...{% endtable %}`.

    Without rows the reader sees `empty` instead: say there what will stand here and how it comes about.
    """
    return _block("table", content=content, caption=caption, filled=bool(rows), empty=empty, kind=kind)


@register.simple_block_tag
def empty(content: str, title: Any) -> SafeString:
    """`{% empty "아직 신청이 없습니다" %}what to do next{% endempty %}`: an empty state that teaches."""
    return _block("empty", content=content, title=title)


# --- forms -------------------------------------------------------------------------------------------------
@register.filter
def krds_widget(bound: BoundField) -> SafeString:
    """The field's widget with its KRDS class; used by `ui/forms/field.html`."""
    widget = bound.field.widget
    if isinstance(widget, (Select, SelectMultiple)) and not bound.use_fieldset:
        name = (
            "krds-form-select"
            if isinstance(widget, Select) and not widget.allow_multiple_selected
            else "krds-input"
        )
    elif isinstance(widget, CheckboxInput) or bound.use_fieldset:
        name = ""
    elif isinstance(widget, ClearableFileInput):
        name = "file-input"
    else:
        name = "krds-input textarea" if isinstance(widget, Textarea) else "krds-input"
    given = widget.attrs.get("class", "")
    classes = " ".join(part for part in (name, given) if part)
    return bound.as_widget(attrs={"class": classes} if classes else None)


@register.filter
def is_checkbox(bound: BoundField) -> bool:
    """Whether the field is one box with its label behind it."""
    return isinstance(bound.field.widget, CheckboxInput)
