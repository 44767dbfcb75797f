"""A view's way through an action: what it refuses is shown with its clause and what would mend it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from naru.domain.decision import Refused
from naru.portal.ui import clock, wording


def attempt(request: HttpRequest, act: Callable[..., Any], done: str, **arguments: Any) -> bool:
    """Run `act` as the signed-in person, now; leave `done` or the refusal as the next page's message."""
    try:
        act(by=request.user, at=clock.now(), **arguments)
    except Refused as refusal:
        finding = refusal.finding
        sentences = [wording.localised(finding.reason), wording.localised(finding.mend)]
        messages.error(request, f"[{finding.clause}] {' '.join(filter(None, sentences))}")
        return False
    messages.success(request, done)
    return True
