"""Certificates that lapse before the allocation (E-05): renewed by the applicant, or waived by a person."""

from datetime import datetime

from django.db import transaction

from naru.domain.papers import validity_of
from naru.portal.accounts.models import User
from naru.portal.applications import queries as applications
from naru.portal.applications.parties import must_act_for
from naru.portal.audit.actions import fingerprint, record
from naru.portal.calls import queries as calls
from naru.portal.screening import refused_renewals
from naru.portal.screening.acting import require_operator
from naru.portal.screening.models import CertificateRenewal


@transaction.atomic
def settle_renewal(*, by: User, at: datetime, renewal: CertificateRenewal) -> CertificateRenewal:
    """Note that the certificate attached since outlives the allocation; the file before stays on record.

    It is attached before, by `applications.actions.attach_document(until=...)`. Refused to others, when
    settled already, and while the document held still lapses too early.
    """
    kept = _locked(renewal)
    whole = applications.whole(kept.application)
    must_act_for(by, whole)
    terms = calls.terms(calls.current(whole.call))
    rule = next(one for one in terms.documents if one.code == kept.document)
    held = next((row for row in whole.documents.all() if row.code == kept.document), None)
    document = applications.applicant(whole).document(kept.document)
    span = validity_of(rule, document) if document else None
    good = span is not None and span.ends is not None and span.covers(kept.needed_by)
    if held is None or held.file_id == kept.before_id or not good:
        raise refused_renewals.still_lapses(kept.needed_by)
    kept.renewed_at, kept.valid_until = at, held.valid_until
    kept.save(update_fields=["renewed_at", "valid_until"])
    facts = {"document": kept.document, "before": kept.before.sha256, "now": held.file.sha256}
    slug = whole.call.slug
    record(by=by, at=at, action="screening.settle_renewal", subject=kept, facts=facts, call_id=slug)
    return kept


@transaction.atomic
def waive_renewal(*, by: User, at: datetime, renewal: CertificateRenewal, reason: str) -> CertificateRenewal:
    """A person lets the server be ordered without the renewed certificate, and says why."""
    require_operator(by, "E-05")
    kept = _locked(renewal)
    if not reason.strip():
        raise refused_renewals.reason_missing()
    kept.waived_by, kept.waived_at, kept.waiver_reason = by, at, reason.strip()
    kept.save(update_fields=["waived_by", "waived_at", "waiver_reason"])
    facts = {"document": kept.document, "reason": fingerprint(kept.waiver_reason)}
    slug = kept.application.call.slug
    record(by=by, at=at, action="screening.waive_renewal", subject=kept, facts=facts, call_id=slug)
    return kept


def _locked(renewal: CertificateRenewal) -> CertificateRenewal:
    rows = CertificateRenewal.objects.select_for_update(of=("self",))
    kept = rows.select_related("application__call", "before").get(pk=renewal.pk)
    if not kept.outstanding:
        raise refused_renewals.settled_already()
    return kept
