"""How far an application is: what submission needs, section by section, and what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from naru.domain import call as domain
from naru.domain.applicant import Applicant
from naru.domain.decision import Finding, Outcome
from naru.domain.papers import document_groups
from naru.domain.terms import Text
from naru.portal.applications import rules
from naru.portal.applications.models import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of the form: its section, whether it is answered, and the finding while it is not.

    `needed` is false for what may still be handed in after submission (evidence, the professor's word).
    """

    section: str
    code: str
    title: Text
    done: bool
    needed: bool
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Every item in the order of the form."""

    items: tuple[Item, ...]

    @property
    def done(self) -> int:
        """How many items are answered."""
        return sum(item.done for item in self.items)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What keeps the application from being submitted."""
        return tuple(item.finding for item in self.items if item.needed and not item.done)

    @property
    def later(self) -> tuple[Finding, ...]:
        """What is missing and may follow, at the risk of a correction request or exclusion (E-11)."""
        return tuple(item.finding for item in self.items if not item.needed and not item.done)

    def section(self, name: str) -> tuple[Item, ...]:
        """The items of one section."""
        return tuple(item for item in self.items if item.section == name)


def judge(application: Application, terms: domain.Call, applicant: Applicant) -> Completeness:
    """The items of an application whose parts are loaded (`queries.whole`)."""
    return Completeness(
        items=(
            *_basics(application, terms),
            *_plan(application, terms),
            *_kpis(application),
            *_models(application),
            *_declarations(application, terms),
            *_documents(terms, applicant),
            *_professor(application),
        )
    )


def _item(
    section: str, code: str, clause: str, title: Text, mend: Text, *, done: bool, needed: bool = True
) -> Item:
    finding = Finding(
        clause=clause,
        code=f"{code}_missing",
        outcome=Outcome.MISSING,
        reason=Text(ko=f"빠진 항목: {title.ko}", en=f"Not filled in: {title.en}."),
        mend=mend,
    )
    return Item(section=section, code=code, title=title, done=done, needed=needed, finding=finding)


def _basics(application: Application, terms: domain.Call) -> Iterator[Item]:
    products = {resource.id for resource in terms.resources}
    yield _item(
        "product",
        "product",
        "C-04",
        Text(ko="상품", en="Product"),
        Text(ko="상품 하나를 골라 주세요.", en="Choose one product."),
        done=application.product in products,
    )
    yield _item(
        "product",
        "title",
        "A-01",
        Text(ko="과제명", en="Title of the project"),
        Text(ko="과제 이름을 적어 주세요.", en="Write the title of the project."),
        done=bool(application.title),
    )


def _plan(application: Application, terms: domain.Call) -> Iterator[Item]:
    texts = {answer.section: answer.text for answer in application.plan.all()}
    for section in terms.plan:
        length = len(texts.get(section.id, ""))
        too_long = length > section.max_characters
        mend = (
            Text(
                ko=f"{section.max_characters:,}자 안으로 줄여 주세요 (지금 {length:,}자).",
                en=f"Shorten it to {section.max_characters:,} characters (now {length:,}).",
            )
            if too_long
            else Text(ko=f"'{section.title.ko}'을(를) 적어 주세요.", en=f"Write “{section.title.en}”.")
        )
        yield _item(
            "plan", f"plan_{section.id}", "A-04", section.title, mend, done=bool(length) and not too_long
        )


def _kpis(application: Application) -> Iterator[Item]:
    yield _item(
        "kpis",
        "kpi",
        "A-04",
        Text(ko="성과지표", en="Performance targets"),
        Text(
            ko="12월에 잴 수 있는 지표를 하나 이상 적어 주세요.",
            en="Give at least one target that can be measured in December.",
        ),
        done=bool(application.kpis.all()),
    )


def _models(application: Application) -> Iterator[Item]:
    models = application.models.all()
    yield _item(
        "models",
        "model",
        "A-05",
        Text(ko="AI 모델", en="AI models"),
        Text(ko="모델을 적고 대표 모델 하나를 골라 주세요.", en="Name the models and mark one as primary."),
        done=sum(model.primary for model in models) == 1,
    )


def _declarations(application: Application, terms: domain.Call) -> Iterator[Item]:
    made = {row.code: row.declared for row in application.declarations.all()}
    for code in rules.use_codes(terms):
        yield _item(
            "declarations",
            f"declaration_{code}",
            terms.use.clause,
            USE_TITLES[code],
            Text(
                ko="학습을 마친 모델의 추론에만 쓰는 경우에만 신청할 수 있습니다.",
                en="Only inference with a model already trained may apply.",
            ),
            done=made.get(code) is True,
        )
    asked = set(rules.ground_codes(terms))
    for ground in terms.exclusions:
        if ground.id in asked:
            yield _item(
                "declarations",
                f"declaration_{ground.id}",
                ground.clause,
                ground.title,
                Text(ko="해당 여부에 답해 주세요.", en="Say whether it applies to you."),
                done=ground.id in made,
            )


def _documents(terms: domain.Call, applicant: Applicant) -> Iterator[Item]:
    for group in document_groups(terms, applicant):
        title = joined(rule.title for rule in group)
        yield _item(
            "documents",
            f"document_{group[0].code}",
            group[0].clause,
            title,
            Text(ko=f"서류를 올려 주세요: {title.ko}", en=f"Upload: {title.en}."),
            done=any(applicant.document(rule.code) for rule in group),
            needed=False,
        )


def _professor(application: Application) -> Iterator[Item]:
    if application.role == Application.Role.STUDENT:
        yield _item(
            "documents",
            "professor_confirmation",
            "E-02",
            Text(ko="지도교수 확인", en="Supervising professor's confirmation"),
            Text(
                ko="지도교수가 로그인해 '학생 신청 확인'에서 확인해야 합니다.",
                en="The professor logs in and confirms it under “Student applications”.",
            ),
            done=hasattr(application, "confirmation"),
            needed=False,
        )


def joined(titles: Iterable[Text]) -> Text:
    """Alternatives in one line: "A 또는 B", "A or B"."""
    listed = tuple(titles)
    return Text(ko=" 또는 ".join(text.ko for text in listed), en=" or ".join(text.en for text in listed))


USE_TITLES = {
    rules.INFERENCE_ONLY: Text(ko="추론에만 씁니다", en="Used for inference only"),
    rules.MODEL_TRAINED: Text(ko="모델의 학습을 이미 마쳤습니다", en="The model is already trained"),
}
