"""The mails of an offer (제안): made, one day left, ended without an answer; each is written once."""

from collections.abc import Sequence
from datetime import datetime

from naru.portal.allocation.models import Offer
from naru.portal.allocation.queries import terms_of
from naru.portal.mail import outbox
from naru.portal.mail.models import Mail


def tell(name: str, offers: Sequence[Offer], *, at: datetime) -> int:
    """Mail the applicants of some offers of one call by `mail/allocation/<name>`; how many mails are new."""
    keys = {offer.pk: f"{name}:{offer.pk}" for offer in offers}
    known = set(Mail.objects.filter(key__in=keys.values()).values_list("key", flat=True)) if keys else set()
    new = [offer for offer in offers if keys[offer.pk] not in known]
    if not new:
        return 0
    terms = terms_of(new[0].call)
    product = {resource.id: resource.title for resource in terms.resources}
    return outbox.put_many(
        [
            outbox.Letter(
                to=offer.application.applicant.email,
                language=offer.application.applicant.language,
                name=f"allocation/{name}",
                context={"offer": offer, "product": product[offer.product], "contact": terms.contact},
                about=offer.application,
                key=keys[offer.pk],
            )
            for offer in new
        ],
        at=at,
    )
