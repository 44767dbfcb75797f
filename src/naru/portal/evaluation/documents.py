"""Which evidence documents a reviewer may open: all but those that only prove the youth bonus (0094)."""

from naru.domain.terms import Text
from naru.portal.applications.models import Application, EvidenceDocument
from naru.portal.calls import queries as calls

ONLY_FOR_THE_BONUS = ("youth_corporation", "youth_sole_proprietor")


def readable(application: Application) -> list[EvidenceDocument]:
    """The documents of an application (with its version loaded) its reviewers may open, by code."""
    withheld = {
        rule.code for rule in calls.terms(application.version).documents if rule.when in ONLY_FOR_THE_BONUS
    }
    rows = application.documents.exclude(code__in=withheld).select_related("file")
    return [row for row in rows if row.file.verdict == row.file.Verdict.ACCEPTED]


def titled(application: Application) -> list[tuple[EvidenceDocument, Text]]:
    """The same with each document's title in the call; the applicant's file names are not shown."""
    titles = {rule.code: rule.title for rule in calls.terms(application.version).documents}
    return [(row, titles[row.code]) for row in readable(application) if row.code in titles]
