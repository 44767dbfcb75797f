"""The main navigation: each app registers its rooms here, once, in `AppConfig.ready`.

An item is shown to the roles it names; `everyone` includes visitors, `signed_in` any account.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

EVERYONE = "everyone"
SIGNED_IN = "signed_in"
APPLICANT = "applicant"
KEPT = "rooms"  # the session's key for the narrowed rooms that concern its person


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One room: label (translatable), URL name, who may see it, its order, and a heading for staff menus.

    `concerns` narrows it to the people it is about (asked at log-in and at /home/, never by a page).
    """

    label: Any
    url_name: str
    roles: frozenset[str]
    order: int = 100
    group: Any = ""
    concerns: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An item as one page shows it."""

    label: Any
    url: str
    current: bool
    group: Any


_items: dict[str, Item] = {}


def register(*items: Item) -> None:
    """Add items; the same URL name twice with different content is a programming error."""
    for item in items:
        if _items.setdefault(item.url_name, item) != item:
            raise ValueError(f"navigation: {item.url_name} is registered twice, with different content")


def registered() -> tuple[Item, ...]:
    """Every item, in menu order."""
    return tuple(sorted(_items.values(), key=lambda item: (item.order, item.url_name)))


def roles_of(user: Any) -> frozenset[str]:
    """The roles a person's menu is made of, with `everyone` and, when signed in, `signed_in`.

    Everybody may apply, so `applicant` counts only for those who hold no other role.
    """
    if user is None or not user.is_authenticated:
        return frozenset({EVERYONE})
    held = frozenset(user.roles)
    return (held - {APPLICANT} or held) | {EVERYONE, SIGNED_IN}


def remember(request: HttpRequest, user: Any) -> None:
    """Ask once which narrowed rooms concern the signed-in person, and keep the answer in the session."""
    found = [item.url_name for item in registered() if item.concerns and item.concerns(user)]
    if request.session.get(KEPT) != found:
        request.session[KEPT] = found


def links_for(user: Any, path: str, kept: Collection[str] | None = None) -> list[Link]:
    """The rooms this person may enter; the one with the longest address that leads to `path` is current.

    `kept` is what the session remembers; without it no room is narrowed.
    """
    roles = roles_of(user)
    shown = [
        (item, reverse(item.url_name))
        for item in registered()
        if item.roles & roles and (item.concerns is None or kept is None or item.url_name in kept)
    ]
    leading = [url for _item, url in shown if path == url or (url != "/" and path.startswith(url))]
    here = max(leading, key=len, default=None)
    sizes = Counter(str(item.group) for item, _url in shown)
    return [
        Link(
            label=item.label,
            url=url,
            current=url == here,
            group=item.group if sizes[str(item.group)] > 1 else "",  # one room needs no heading
        )
        for item, url in shown
    ]
