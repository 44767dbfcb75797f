"""What the screening pages show: the round at hand, clauses by code, what a vendor may see."""

from dataclasses import dataclass

from django.http import Http404

from naru.domain import call as domain
from naru.domain.capability import Claim, VendorClaims
from naru.domain.terms import Text
from naru.portal.applications.models import Application
from naru.portal.calls import queries as calls
from naru.portal.calls.models import Call, CallVersion
from naru.portal.screening import vendors
from naru.portal.screening.models import TechnicalReview


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


def desk(slug: str = "", round_id: str = "", among: list[calls.OpenRound] | None = None) -> Desk:
    """The round named (of those read before, `among`), else the newest call's first; Http404 without any."""
    for one in calls.rounds() if among is None else among:
        if slug in ("", one.call.slug) and round_id in ("", one.round.id):
            return Desk(call=one.call, version=one.version, terms=one.terms, round=one.round)
    raise Http404


def clauses(terms: domain.Call) -> dict[str, dict[str, str]]:
    """Every clause by code, as the finding component shows it."""
    return {one.code: {"ko": one.text.ko, "en": one.text.en, "place": one.place} for one in terms.clauses}


def claim_for(application: Application, vendor: str) -> Claim | None:
    """What a vendor's own matrix says about all models of an application; None without a matrix row."""
    claims = vendors.matrix().vendor(vendor)
    return claims.claim_all(row.family for row in vendors.models_of(application)) if claims else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenModel:
    """A model as a vendor sees it, and what the vendor itself publishes about its family."""

    name: str
    family: str
    primary: bool
    claim: Claim | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A review as a vendor sees it; `applicant` is empty unless the call lets vendors know who asks."""

    row: TechnicalReview
    models: tuple[SeenModel, ...]
    claim: Claim | None
    applicant: str


def named(terms: domain.Call) -> bool:
    """Whether the call lets a vendor know whose models it is asked about."""
    return terms.technical_review is not None and terms.technical_review.applicant == "named"


def seen(row: TechnicalReview, terms: domain.Call, claims: VendorClaims | None) -> Seen:
    """What a vendor may see of a review: of a name the call hides, not even what a model was named after."""
    application = row.application
    known = named(terms) and application.call.slug == terms.id
    name = application.organisation.name
    models = vendors.models_of(application)
    return Seen(
        row=row,
        models=tuple(
            SeenModel(
                name=one.name if known else one.name.replace(name, "○○"),
                family=one.family,
                primary=one.primary,
                claim=claims.claim(one.family) if claims and one.family else None,
            )
            for one in models
        ),
        claim=claims.published(one.family for one in models) if claims else None,
        applicant=f"{application.number} {name}" if known else "",
    )
