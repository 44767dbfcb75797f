"""A submitted application holds its company's details: what was judged must be what was submitted."""

from naru.domain.decision import Refused
from naru.portal.applications import refusals
from naru.portal.applications.models import Application
from naru.portal.organisations.models import Organisation


def holds(organisation: Organisation) -> Refused | None:
    """The refusal naming the submitted application, None where there is none."""
    rows = Application.objects.filter(organisation=organisation, state=Application.State.SUBMITTED)
    number = rows.values_list("number", flat=True).first()
    return refusals.details_submitted(number) if number else None
