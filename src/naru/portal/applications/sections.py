"""The pages of the form in the order of the call: which fields each asks for, and where each is reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from naru.domain import call as domain
from naru.domain.terms import Criterion, Text
from naru.portal.applications import fields, rules
from naru.portal.applications.models import Application

PRODUCT, KPIS, MODELS, DECLARATIONS, CONSENTS = "product", "kpis", "models", "declarations", "consents"
TITLES = {
    PRODUCT: Text(ko="상품과 과제", en="Product and project"),
    KPIS: Text(ko="성과지표", en="Performance targets"),
    MODELS: Text(ko="AI 모델", en="AI models"),
    DECLARATIONS: Text(ko="확인과 서약", en="Declarations"),
    CONSENTS: Text(ko="개인정보 동의", en="Consents"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page: its id in the address, its fields by name, the prefix of its rows, the tables it reads."""

    id: str
    title: Text
    names: tuple[str, ...]
    rows: str = ""
    parts: tuple[str, ...] = ()
    plan: domain.PlanSection | None = None
    criterion: Criterion | None = None

    def all_names(self, *given: Iterable[str]) -> tuple[str, ...]:
        """Its fields, and the rows that stand in any of the given mappings, in their order."""
        rows = [name for names in given for name in names if self.rows and name.startswith(self.rows)]
        return (*self.names, *dict.fromkeys(rows))


def of_call(terms: domain.Call, application: Application) -> tuple[Section, ...]:
    """The pages of this application's form."""
    criteria = {one.id: one for one in terms.criteria}
    return (
        Section(id=PRODUCT, title=TITLES[PRODUCT], names=basics(terms, application)),
        *(
            Section(
                id=one.id,
                title=one.title,
                names=(f"{fields.PLAN}{one.id}",),
                parts=("plan",),
                plan=one,
                criterion=criteria[one.criterion],
            )
            for one in terms.plan
        ),
        Section(id=KPIS, title=TITLES[KPIS], names=(), rows=fields.KPI, parts=("kpis",)),
        Section(
            id=MODELS, title=TITLES[MODELS], names=(fields.PRIMARY,), rows=fields.MODEL, parts=("models",)
        ),
        Section(
            id=DECLARATIONS,
            title=TITLES[DECLARATIONS],
            names=declarations(terms),
            parts=("declarations",),
        ),
        Section(
            id=CONSENTS,
            title=TITLES[CONSENTS],
            names=tuple(f"{fields.CONSENT}{one.id}" for one in asked(terms, application)),
            parts=("consents",),
        ),
    )


def by_id(terms: domain.Call, application: Application) -> Mapping[str, Section]:
    """The pages by id, in order."""
    return {one.id: one for one in of_call(terms, application)}


def basics(terms: domain.Call, application: Application) -> tuple[str, ...]:
    """The fields of the first page; some are asked of some kinds only."""
    kinds = {kind.id: kind for party in terms.parties for kind in party.kinds}
    names = ["title", "product", "clouds"]
    if kinds[application.kind].variants:
        names.append("venture_type")
    if any(application.sector in bonus.parties for bonus in terms.bonuses):
        names.append("youth_claimed")
    return tuple(names)


def declarations(terms: domain.Call) -> tuple[str, ...]:
    """The fields of the declarations: use first, then grounds, then other programmes."""
    codes = (*rules.use_codes(terms), *rules.ground_codes(terms))
    support = (f"{fields.SUPPORT}{one.id}" for one in terms.other_programmes)
    return (*(f"{fields.DECLARE}{code}" for code in codes), *support)


def asked(terms: domain.Call, application: Application) -> tuple[domain.Consent, ...]:
    """The consents this applicant is asked for, the required ones first."""
    mine = [one for one in terms.consents if one.asked_of(application.sector)]
    return tuple(sorted(mine, key=lambda one: not one.required))
