"""The form of an application as it stands: its questions, whose it is, the answers given so far."""

from naru.domain import call as domain
from naru.portal.applications.answers import Answers, KpiAnswer, ModelAnswer
from naru.portal.applications.models import Application
from naru.portal.applications.paper.printing import Asked, Whose, asked
from naru.portal.organisations.models import Supplier

KPI = ("name", "unit", "direction", "baseline", "target", "how_measured")
MODEL = ("name", "family", "primary")


def cloud_names() -> dict[str, str]:
    """The clouds that may be asked for, by code."""
    return dict(Supplier.objects.filter(kind=Supplier.Kind.CLOUD).values_list("code", "name"))


def form_of_application(application: Application, terms: domain.Call) -> Asked:
    """What the printed form of an application asks; its parts are loaded (`queries.whole`)."""
    party = next(party for party in terms.parties if party.id == application.sector)
    kind = next(kind for kind in party.kinds if kind.id == application.kind)
    whose = Whose(
        organisation=application.organisation.name,
        kind=kind.title.ko,
        professor=application.professor.name if application.professor else "",
        applicant=application.applicant.name,
        email=application.applicant.email,
    )
    return asked(terms, party, cloud_names(), whose, application.kind)


def answers_of(application: Application) -> Answers:
    """The answers kept, as the save action takes them."""
    return Answers(
        product=application.product,
        title=application.title,
        clouds=tuple(application.clouds),
        youth_claimed=application.youth_claimed,
        venture_type=application.venture_type,
        plan={row.section: row.text for row in application.plan.all()},
        kpis=tuple(KpiAnswer(**{name: getattr(row, name) for name in KPI}) for row in application.kpis.all()),
        models=tuple(
            ModelAnswer(**{name: getattr(row, name) for name in MODEL}) for row in application.models.all()
        ),
        declarations={row.code: row.declared for row in application.declarations.all()},
    )
