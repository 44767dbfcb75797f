"""The mails about an appeal: to who applied and who filed it, once each, in their language (R-06)."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from naru.portal.appeals import words
from naru.portal.appeals.models import Appeal
from naru.portal.calls import queries as calls
from naru.portal.mail import outbox


def tell(appeal: Appeal, name: str, *, at: datetime, **context: Any) -> None:
    """Write the mail `appeals/<name>` to everybody the appeal concerns."""
    terms = calls.terms(appeal.run.version)
    people = {user.pk: user for user in (appeal.application.applicant, appeal.filed_by)}
    said = {
        "appeal": appeal,
        "application": appeal.application,
        "against": words.AGAINST[appeal.against],
        "contact": terms.contact,
        "path": reverse("appeals:own", args=[appeal.application_id]),
        **context,
    }
    outbox.put_many(
        [
            outbox.Letter(
                to=user.email,
                language=user.language,
                name=f"appeals/{name}",
                context=said,
                about=appeal.application,
            )
            for user in people.values()
        ],
        at=at,
    )
