"""Changing what is known of an organisation; the business number stays, since it is the unit (E-04)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from naru.portal.accounts.models import User
from naru.portal.audit.actions import fingerprint, record
from naru.portal.organisations import entering, locks, queries
from naru.portal.organisations.models import Organisation

FIELDS = ("name", "kind", "legal_form", "corporate_number", "started_on", "fiscal_year_end_month")


@transaction.atomic
def update_details(
    *, by: User, at: datetime, organisation: Organisation, details: entering.OrganisationDetails
) -> Organisation:
    """Write the details and representatives anew.

    Refused to others than owners, and while a later step holds the details, as a submitted application does.
    """
    queries.locked_owner(by, organisation)
    locks.must_be_free(organisation)
    kept = Organisation.objects.get(pk=organisation.pk)
    given = replace(details, name=details.name.strip())
    changed = [name for name in FIELDS if getattr(kept, name) != getattr(given, name)]
    for name in changed:
        setattr(kept, name, getattr(given, name))
    kept.save(update_fields=changed)
    before = tuple(kept.representatives.values_list("name", "birth_date"))
    if before != given.representatives:
        kept.representatives.all().delete()
        entering.enter_representatives(kept, given.representatives)
        changed.append("representatives")
    facts = {"changed": changed, "details": fingerprint(repr(given))}
    record(by=by, at=at, action="organisations.update_details", subject=kept, facts=facts)
    return kept
