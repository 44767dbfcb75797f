"""The mails of corrections and renewals: asked for, extended, taken back, nearly due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.mail import outbox
from naru.portal.mail.models import Mail
from naru.portal.screening.models import CertificateRenewal, CorrectionRequest
from naru.portal.screening.standing import item_name

DAYS_BEFORE = 2  # calendar days before the due instant a reminder goes out
RENEWAL_DAYS_BEFORE = 7


def told_of_corrections(
    name: str, application: Application, rows: Sequence[CorrectionRequest], at: datetime, key: str = ""
) -> Mail:
    """Mail the applicant about some requests: `name` is the template under `mail/screening/`."""
    reader = application.applicant
    terms = calls.terms(application.version)
    with translation.override(reader.language):
        items = [{"name": item_name(terms, row.item), "row": row} for row in rows]
    page = reverse("screening:corrections", args=[application.pk])
    return _put(name, application, {"items": items, "path": page}, at, key)


def told_of_renewals(
    name: str, application: Application, rows: Sequence[CertificateRenewal], at: datetime, key: str = ""
) -> Mail:
    """Mail the applicant about certificates to renew."""
    terms = calls.terms(application.version)
    with translation.override(application.applicant.language):
        items = [{"name": item_name(terms, row.document), "row": row} for row in rows]
    page = reverse("screening:renewals", args=[application.pk])
    return _put(name, application, {"items": items, "path": page}, at, key)


def _put(name: str, application: Application, said: dict[str, Any], at: datetime, key: str) -> Mail:
    reader = application.applicant
    return outbox.put(
        to=reader.email,
        language=reader.language,
        name=f"screening/{name}",
        context={"application": application, **said},
        at=at,
        about=application,
        key=key or None,
    )
