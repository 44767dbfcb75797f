"""What applicants write and attach: the answers of the form and the papers, as their profile says."""

from dataclasses import dataclass
from datetime import date
from random import Random

from naru.domain import call as domain
from naru.portal.applications.answers import Answers, DocumentDates, KpiAnswer, ModelAnswer
from naru.portal.demo import projects
from naru.portal.demo.papers import paper
from naru.portal.demo.profiles import Profile

CERTIFICATES = {"sme": "sme_certificate", "venture": "venture_certificate"}
VENTURES = ("investment", "research", "innovation_growth", "preliminary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document to attach: its code, the dates printed on it, and which sheet where not the code's own."""

    code: str
    dates: DocumentDates
    sheet: str = ""

    @property
    def filename(self) -> str:
        """The name of the file."""
        return f"{self.code}.pdf"

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return paper(self.sheet or self.code)


def answers(profile: Profile, terms: domain.Call, rng: Random) -> Answers:
    """The whole form."""
    idea = profile.idea
    models = [ModelAnswer(name=idea.model, family=idea.family, primary=True)]
    if profile.story == "several_models":
        models.append(_second_model(profile))
    return Answers(
        product=profile.product,
        title=f"{idea.title} 추론 서비스",
        clouds=profile.clouds,
        youth_claimed=profile.claims_youth,
        venture_type=rng.choice(VENTURES) if profile.kind == "venture" else "",
        plan=projects.plan(idea, rng, strong=profile.merit >= 70),
        kpis=tuple(
            KpiAnswer(
                name=target.name,
                unit=target.unit,
                direction=target.direction,
                baseline=target.baseline,
                target=target.target,
                how_measured=target.how_measured,
            )
            for target in projects.targets(rng)
        ),
        models=tuple(models),
        declarations=_declarations(profile, terms),
        consents={one.id: one.required or profile.place % 3 == 0 for one in terms.consents},
    )


def _second_model(profile: Profile) -> ModelAnswer:
    """Another model of a family for the same product."""
    others = [
        idea
        for idea in projects.IDEAS
        if idea.product == profile.product and idea.model != profile.idea.model
    ]
    other = others[profile.place % len(others)]
    return ModelAnswer(name=other.model, family=other.family)


def _declarations(profile: Profile, terms: domain.Call) -> dict[str, bool]:
    asked = [ground.id for ground in terms.exclusions if ground.source == "declaration"]
    made = {"inference_only": True, "model_trained": True, **dict.fromkeys(asked, False)}
    match profile.story:
        case "privacy":
            made["privacy_violation"] = True
        case "voucher_selected":
            made["duplicate_support"] = True
            made["ai_voucher_ai_semiconductor:selected"] = True
        case "voucher_applied":
            made["ai_voucher_ai_semiconductor:applied"] = True
        case "gpu_training":
            made["gpu_training:selected"] = True
    return made


def documents(profile: Profile, rng: Random) -> list[Paper]:
    """The papers attached before the close; what the story lacks is left out."""
    owed = eligibility_papers(profile, rng)
    if profile.story.startswith("missing"):
        owed = owed[:-1]
    if profile.claims_youth and profile.story != "youth_no_evidence":
        code = "corporate_register" if profile.corporation else "representative_id"
        owed.append(Paper(code=code, dates=DocumentDates(issued_on=date(2025, 2, 20))))
    return owed


def eligibility_papers(profile: Profile, rng: Random) -> list[Paper]:
    """The papers that show what the applicant is."""
    issued = DocumentDates(issued_on=date(2025, 2, rng.randrange(13, 28)))
    if profile.sector == "public":
        if profile.role == "staff":
            return [Paper(code="employment_certificate", dates=issued)]
        codes = ("enrolment_certificate", "professor_employment_certificate")
        return [Paper(code=code, dates=issued) for code in codes]
    if profile.kind == "startup":
        certified = rng.random() < 0.6
        return [Paper(code="startup_certificate" if certified else "business_registration", dates=issued)]
    if profile.kind == "venture":
        dates = DocumentDates(valid_from=date(2023, 7, 1), valid_until=date(2026, 6, 30))
        return [Paper(code="venture_certificate", dates=dates)]
    return [sme_certificate(lapsed=profile.story.startswith("expired"), rng=rng)]


def sme_certificate(*, lapsed: bool, rng: Random) -> Paper:
    """One for the fiscal year 2023, good until March 2025 or June; a lapsed one is older."""
    ends = date(2022, 12, 31) if lapsed else rng.choice((date(2023, 12, 31), date(2024, 3, 31)))
    return Paper(code="sme_certificate", dates=DocumentDates(fiscal_year_end=ends))
