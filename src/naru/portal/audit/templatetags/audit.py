"""`{% load audit %}`: the way from any row's page to what was done to it, and an event in words."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.db import models
from django.urls import reverse

from naru.portal.audit import wording

register = template.Library()


@register.simple_tag
def history_of(row: models.Model) -> str:
    """`{% history_of application as url %}`: the page with every event about a row."""
    return history_url(row._meta.label_lower, row.pk)  # noqa: SLF001 - Django's documented API


@register.simple_tag
def history_url(subject_type: str, subject_id: Any) -> str:
    """`{% history_url event.subject_type event.subject_id as url %}`: also of a row that is gone."""
    return f"{reverse('audit:events')}?{urlencode({'subject_type': subject_type, 'subject_id': subject_id})}"


@register.filter
def in_words(action: str) -> Any:
    """`{{ event.action|in_words }}`: what was done, as a sentence."""
    return wording.of_action(action)


@register.filter
def subject_in_words(label: str) -> Any:
    """`{{ event.subject_type|subject_in_words }}`: the kind of row an event is about."""
    return wording.of_subject(label)


@register.filter
def class_in_words(record_class: str) -> Any:
    """`{{ read.record_class|class_in_words }}`: the class of personal data."""
    return wording.CLASSES.get(record_class, record_class)


@register.filter
def chain_in_words(key: str) -> Any:
    """`{{ chain.key|chain_in_words }}`: what a chain holds."""
    return wording.of_chain(key)
