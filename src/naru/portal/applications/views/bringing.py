"""A document asked for after the close, by a correction or a renewal: its file, then its dates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from naru.domain.admission import DocumentRule
from naru.portal.applications.models import Application, EvidenceDocument
from naru.portal.applications.papers import alone
from naru.portal.applications.views.documents import FRAGMENT, Card, card_of, take_dates, take_file

FILE, DATES = "file", "dates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A document that may be brought until an instant: its rule, what is held of it, where it is asked.

    `key` is the row that asks; the page's forms name it and the act in their address (`?bring=<key>&act=`).
    `in_place`: the script keeps the dates too without leaving the page, where words are being typed beside.
    """

    application: Application
    rule: DocumentRule
    until: datetime
    held: EvidenceDocument | None
    key: int
    in_place: bool = False

    @property
    def card(self) -> Card:
        """How it stands."""
        return card_of(alone(self.rule, self.held))

    def is_sent(self, request: HttpRequest) -> bool:
        """Whether this request brings it."""
        return request.method == "POST" and request.GET.get("bring") == str(self.key)


def take(request: HttpRequest, asked: Asked) -> Card | None:
    """Keep the file or the dates that were sent: None when kept, else the card that says what is wrong."""
    given: Any = {}
    if request.GET.get("act") == DATES:
        given["dates"], refused = take_dates(request, asked.application, asked.rule, asked.until)
        form = given["dates"]
    else:
        given["upload"], refused = take_file(request, asked.application, asked.rule.code, asked.until)
        form = given["upload"]
    if form.is_valid() and not refused:
        return None
    return card_of(alone(asked.rule, asked.held), refused=refused, **given)


def kept(request: HttpRequest, asked: Asked, page: str) -> HttpResponse:
    """The document's part anew for the script; else back to it on the page."""
    said = _("날짜를 저장했습니다.") if request.GET.get("act") == DATES else _("서류를 올렸습니다.")
    if FRAGMENT in request.headers:
        documents = asked.application.documents.select_related("file")
        card = card_of(alone(asked.rule, documents.get(code=asked.rule.code)))
        return part(request, asked, card, said=said)
    messages.success(request, said)
    return redirect(f"{page}#{asked.rule.code}")


def part(
    request: HttpRequest, asked: Asked, card: Card, *, said: str = "", status: int = 200
) -> HttpResponse:
    """One document's part of the page, as the script asks for it."""
    context = {"application": asked.application, "card": card, "bring": asked.key, "in_place": asked.in_place}
    context["said"] = said
    return render(request, "applications/bring.html", context, status=status)


def wants_part(request: HttpRequest) -> bool:
    """Whether the script asks."""
    return FRAGMENT in request.headers
