"""What applicants owe after submission: corrections nearly due, certificates to renew and how they stand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from django.db.models import OuterRef, QuerySet

from naru.domain.papers import Renewal
from naru.portal.applications.models import Application
from naru.portal.calls.models import Call
from naru.portal.screening import reminding
from naru.portal.screening.models import CertificateRenewal, CorrectionRequest
from naru.portal.screening.queries import open_corrections

WHOSE = ("application__applicant", "application__version", "application__call", "application__organisation")
SUBMITTED = Application.State.SUBMITTED


def corrections_due(
    call: Call, at: datetime, until: datetime
) -> list[tuple[Application, list[CorrectionRequest]]]:
    """Open requests of submitted applications due after `at` and not later than `until`, by application."""
    rows = open_corrections().filter(
        application__call=call, application__state=SUBMITTED, due_at__gt=at, due_at__lte=until
    )
    ordered = rows.select_related(*WHOSE).order_by("application_id", "due_at")
    return [(one, list(mine)) for one, mine in groupby(ordered, key=lambda row: row.application)]


def renewals_nearly_due(call: Call, until: date) -> list[tuple[Application, list[CertificateRenewal]]]:
    """Outstanding renewals needed by `until`, by application."""
    rows = outstanding(call).filter(needed_by__lte=until).order_by("application_id", "needed_by")
    return [(one, list(mine)) for one, mine in groupby(rows, key=lambda row: row.application)]


def renewals(call: Call) -> QuerySet[CertificateRenewal]:
    """Every renewal of a call's submitted applications, the outstanding first, then by when it is needed."""
    rows = CertificateRenewal.objects.filter(application__call=call, application__state=SUBMITTED)
    return rows.select_related(*WHOSE, "waived_by").order_by("renewed_at", "waived_at", "needed_by", "pk")


def outstanding(call: Call) -> QuerySet[CertificateRenewal]:
    """Those neither renewed nor waived."""
    return renewals(call).filter(renewed_at=None, waived_at=None)


def outstanding_of(application: Application | OuterRef) -> QuerySet[CertificateRenewal]:
    """The outstanding renewals of one application, or of the one an outer query stands at."""
    return CertificateRenewal.objects.filter(application=application, renewed_at=None, waived_at=None)


def with_renewals(applications: Iterable[int]) -> set[int]:
    """Those of the applications that have a renewal, settled or not."""
    rows = CertificateRenewal.objects.filter(application__in=list(applications))
    return set(rows.values_list("application", flat=True))


def raise_renewals(
    found: Mapping[int, Sequence[Renewal]], rows: Iterable[Application], at: datetime
) -> list[CertificateRenewal]:
    """Keep the renewals the rules found and mail who owes them; one raised before is left as it is (E-05)."""
    mine = {row.pk: row for row in rows if found.get(row.pk)}
    known = set(
        CertificateRenewal.objects.filter(application__in=mine).values_list(
            "application", "document", "lapses_on"
        )
        if mine
        else ()
    )
    made = []
    for pk, application in mine.items():
        files = {document.code: document.file for document in application.documents.all()}
        new = [
            CertificateRenewal(
                application=application,
                document=one.document,
                lapses_on=one.lapses_on,
                needed_by=one.needed_by,
                before=files[one.document],
                raised_at=at,
            )
            for one in found[pk]
            if (pk, one.document, one.lapses_on) not in known
        ]
        if new:
            made += CertificateRenewal.objects.bulk_create(new)
            reminding.told_of_renewals("renewals_asked", application, new, at)
    return made
