"""What the screening pages show: the round at hand, clauses by code, findings in order."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404

from naru.codec.capability import capability
from naru.domain import call as domain
from naru.domain.capability import Capability, Claim
from naru.domain.terms import Text
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, CallVersion
from naru.portal.screening.models import ScreeningFinding

FIRST = ("failed", "missing", "person", "passed", "not_applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The round a staff page works on."""

    call: Call
    version: CallVersion
    terms: domain.Call
    round: domain.Round

    def products(self) -> list[tuple[str, Text]]:
        """The products' ids and titles."""
        return [(resource.id, resource.title) for resource in self.terms.resources]


def desk(slug: str = "", round_id: str = "") -> Desk:
    """The round named, else the newest call's first; Http404 when there is none."""
    for one in calls.rounds():
        if slug in ("", one.call.slug) and round_id in ("", one.round.id):
            return Desk(call=one.call, version=one.version, terms=one.terms, round=one.round)
    raise Http404


def clauses(terms: domain.Call) -> dict[str, dict[str, str]]:
    """Every clause by code, as the finding component shows it."""
    return {one.code: {"ko": one.text.ko, "en": one.text.en, "place": one.place} for one in terms.clauses}


def split(rows: Iterable[ScreeningFinding]) -> tuple[list[ScreeningFinding], list[ScreeningFinding]]:
    """Findings that ask for attention, the worst first, and those that do not."""
    ordered = sorted(rows, key=lambda row: (FIRST.index(row.outcome), row.order))
    quiet = ("passed", "not_applicable")
    return (
        [row for row in ordered if row.outcome not in quiet],
        [row for row in ordered if row.outcome in quiet],
    )


def matrix() -> Capability:
    """The vendors' capability matrix."""
    return capability(settings.CATALOGUE_DIR / "capability.toml")


def claim_for(application: Application, vendor: str) -> Claim | None:
    """What a vendor's own matrix says about all models of an application; None without a matrix row."""
    claims = matrix().vendor(vendor)
    return claims.claim_all(row.family for row in application.models.all()) if claims else None
