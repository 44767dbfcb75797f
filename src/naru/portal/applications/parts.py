"""The parts of an application in one query, for its own page and the press at 14:59:59 (ADR 0078)."""

from naru.portal.applications.models import Application
from naru.portal.ui.gathering import gather

# reverse relation of the application -> the fields a submission, and what is still missing, is read from
READ: dict[str, tuple[str, ...]] = {
    "plan": ("section", "text"),
    "kpis": ("key", "place", "name", "unit", "direction", "baseline", "target", "how_measured"),
    "models": ("key", "place", "name", "family", "primary"),
    "declarations": ("code", "declared"),
    "consents": ("code", "given", "text_version", "text_sha256"),
    "documents": (
        "code", "file_id", "issued_on", "valid_from", "valid_until", "fiscal_year_end", "fiscal_year_change",
        "file__sha256", "file__verdict",
    ),
}  # fmt: skip


def load(*applications: Application) -> None:
    """Fill the applications' parts as `prefetch_related` would; other fields of them stay deferred."""
    gather(applications, READ)
