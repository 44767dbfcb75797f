"""How a refusal is told: an act's way through a view, a sentence in the active language, a linked clause."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from naru.domain.decision import Finding, Refused
from naru.portal.ui import clock, wording


def attempt(request: HttpRequest, act: Callable[..., Any], done: str, **arguments: Any) -> bool:
    """Run `act` as the signed-in person, now; leave `done` or the refusal as the next page's message."""
    try:
        act(by=request.user, at=clock.now(), **arguments)
    except Refused as refusal:
        messages.error(request, sentence(refusal.finding, call_of(*arguments.values())))
        return False
    messages.success(request, done)
    return True


def sentence(finding: Finding, call: str = "") -> SafeString:
    """A refusal as one line: its clause as a link, the reason, what would mend it."""
    said = [wording.localised(finding.reason), wording.localised(finding.mend)]
    url = clause_url(finding.clause, call)
    return format_html('<a href="{}">[{}]</a> {}', url, finding.clause, " ".join(filter(None, said)))


def clause_url(code: str, call: str = "") -> str:
    """Where a clause stands: on the call's page of clauses, or by way of the newest call's."""
    return f"{reverse('calls:clauses', args=[call])}#{code}" if call else reverse("calls:clause", args=[code])


def call_of(*rows: object) -> str:
    """The call's slug, from the first row that is a call or belongs to one; empty when none does."""
    for row in rows:
        slug = getattr(getattr(row, "call", row), "slug", "")
        if slug:
            return str(slug)
    return ""
