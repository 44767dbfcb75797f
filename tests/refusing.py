"""What an act refuses: its clause and code, and that no audit event was written."""

import pytest

from naru.domain.decision import Refused
from naru.portal.audit.models import Event


def refusal(act, /, **given):
    """Call `act`, expect it to be refused with a way to mend it, and return (clause, code)."""
    before = Event.objects.count()
    with pytest.raises(Refused) as caught:
        act(**given)
    assert Event.objects.count() == before
    assert caught.value.finding.mend is not None
    return caught.value.finding.clause, caught.value.finding.code


def one_event(act, /, **given):
    """Call `act`, check that it wrote exactly one event, and return (result, event)."""
    before = Event.objects.count()
    result = act(**given)
    assert Event.objects.count() == before + 1
    return result, Event.objects.order_by("-pk")[0]
