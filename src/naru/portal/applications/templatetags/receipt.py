"""`{% load receipt %}`: the words of a receipt."""

from datetime import datetime

from django import template

from naru.portal.ui import wording

register = template.Library()


@register.filter
def precise(value: datetime | None) -> str:
    """`{{ at|precise }}`: an instant to the millisecond, as a receipt prints it."""
    return wording.precise(value)
