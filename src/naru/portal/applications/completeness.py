"""How far an application is: what submission needs, page by page, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from naru.domain import call as domain
from naru.domain.applicant import Applicant
from naru.domain.consent import full_text
from naru.domain.decision import Finding, Outcome
from naru.domain.papers import document_groups
from naru.domain.terms import Text
from naru.portal.applications import fields, rules, sections
from naru.portal.applications.models import Application
from naru.portal.audit.actions import fingerprint

DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of the form: its page, whether it is answered, and the finding while it is not.

    `needed` is false for what may still be handed in after submission (evidence, the professor's word).
    `broken` says that something stands there which is not valid. `anchor` is the id of the very field.
    """

    section: str
    code: str
    anchor: str
    title: Text
    done: bool
    needed: bool
    broken: bool
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
    def owed(self) -> tuple[Item, ...]:
        """The items that keep the application from being submitted."""
        return tuple(item for item in self.items if item.needed and not item.done)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The same as findings."""
        return tuple(item.finding for item in self.owed)

    @property
    def later(self) -> tuple[Finding, ...]:
        """What is missing and may follow, at the risk of a correction request or exclusion (E-11)."""
        return tuple(item.finding for item in self.items if not item.needed and not item.done)

    def section(self, name: str) -> tuple[Item, ...]:
        """The items of one page."""
        return tuple(item for item in self.items if item.section == name)


def judge(application: Application, terms: domain.Call, applicant: Applicant) -> Completeness:
    """The items of an application whose parts are loaded (`queries.whole`)."""
    return Completeness(
        items=(
            *needed(application, terms),
            *_documents(application, terms, applicant),
            *_professor(application),
        )
    )


def needed(application: Application, terms: domain.Call) -> tuple[Item, ...]:
    """The items submission needs; documents and the professor's word may follow."""
    return tuple(form_items(application, terms, fields.held(application)))


def form_items(
    application: Application, terms: domain.Call, values: Mapping[str, str], only: str = ""
) -> Iterator[Item]:
    """The items of the form's pages, of one page with `only`; what is not valid yet is never done."""
    broken = fields.raw(application)
    readers = {
        sections.PRODUCT: lambda: _basics(terms, values),
        sections.KPIS: lambda: _kpis(values, broken),
        sections.MODELS: lambda: _models(values, broken),
        sections.DECLARATIONS: lambda: _declarations(terms, values),
        sections.CONSENTS: lambda: _consents(application, terms, values),
    }
    for page in sections.of_call(terms, application):
        if only in ("", page.id):
            yield from readers[page.id]() if page.plan is None else _plan(page.plan, values)
            yield from _broken(page, broken)


def _item(  # noqa: PLR0913 - the columns of one row
    section: str,
    code: str,
    clause: str,
    title: Text,
    mend: Text,
    *,
    done: bool,
    anchor: str = "",
    needed: bool = True,
    broken: bool = False,
) -> Item:
    reason = Text(ko=f"빠진 항목: {title.ko}", en=f"Not filled in: {title.en}.")
    if broken:
        reason = Text(ko=f"고칠 항목: {title.ko}", en=f"To be corrected: {title.en}.")
    finding = Finding(
        clause=clause, code=f"{code}_missing", outcome=Outcome.MISSING, reason=reason, mend=mend
    )
    return Item(
        section=section,
        code=code,
        anchor=anchor,
        title=title,
        done=done,
        needed=needed,
        broken=broken,
        finding=finding,
    )


def _broken(page: sections.Section, broken: Mapping[str, str]) -> Iterator[Item]:
    """Everything on the page that is kept as typed because it is no answer yet."""
    for name in page.all_names(broken):
        if name in broken:
            row = fields.row_of(broken[name]) if page.rows and name.startswith(page.rows) else {}
            label = row.get("name") or page.title.ko
            anchor = f"id_{name}-name" if row else f"id_{name}"
            yield _item(
                page.id, f"{name}_broken", "A-04" if page.rows == fields.KPI else "A-01",
                Text(ko=label, en=row.get("name") or page.title.en),
                Text(ko=f"'{label}'에 적은 값을 고쳐 주세요.", en="Correct what is written."),
                done=False, anchor=anchor, broken=True,
            )  # fmt: skip


def _basics(terms: domain.Call, values: Mapping[str, str]) -> Iterator[Item]:
    products = {resource.id for resource in terms.resources}
    yield _item(
        sections.PRODUCT,
        "title",
        "A-01",
        Text(ko="과제명", en="Title of the project"),
        Text(ko="과제 이름을 적어 주세요.", en="Write the title of the project."),
        done=bool(values.get("title")),
        anchor="id_title",
    )
    yield _item(
        sections.PRODUCT,
        "product",
        "C-04",
        Text(ko="상품", en="Product"),
        Text(ko="상품 하나를 골라 주세요.", en="Choose one product."),
        done=values.get("product") in products,
        anchor="id_product",
    )


def _plan(section: domain.PlanSection, values: Mapping[str, str]) -> Iterator[Item]:
    name = f"{fields.PLAN}{section.id}"
    length = len(values.get(name, ""))
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
        section.id, name, "A-04", section.title, mend,
        done=bool(length) and not too_long, anchor=f"id_{name}", broken=too_long,
    )  # fmt: skip


def _kpis(values: Mapping[str, str], broken: Mapping[str, str]) -> Iterator[Item]:
    rows = [name for name in values if name.startswith(fields.KPI)]
    yield _item(
        sections.KPIS,
        "kpi",
        "A-04",
        sections.TITLES[sections.KPIS],
        Text(
            ko="12월에 잴 수 있는 지표를 하나 이상 적어 주세요.",
            en="Give at least one target that can be measured in December.",
        ),
        done=any(name not in broken for name in rows),
        anchor=f"id_{rows[0]}-name" if rows else "rows",
    )


def _models(values: Mapping[str, str], broken: Mapping[str, str]) -> Iterator[Item]:
    rows = [name for name in values if name.startswith(fields.MODEL)]
    primary = fields.MODEL + values.get(fields.PRIMARY, "")
    yield _item(
        sections.MODELS,
        "model",
        "A-05",
        sections.TITLES[sections.MODELS],
        Text(ko="모델을 적고 대표 모델 하나를 골라 주세요.", en="Name the models and mark one as primary."),
        done=primary in rows and primary not in broken,
        anchor=f"id_{rows[0]}-name" if rows else "rows",
    )


def _declarations(terms: domain.Call, values: Mapping[str, str]) -> Iterator[Item]:
    for code in rules.use_codes(terms):
        yield _item(
            sections.DECLARATIONS,
            f"declaration_{code}",
            terms.use.clause,
            USE_TITLES[code],
            Text(
                ko="학습을 마친 모델의 추론에만 쓰는 경우에만 신청할 수 있습니다.",
                en="Only inference with a model already trained may apply.",
            ),
            done=values.get(f"{fields.DECLARE}{code}") == "yes",
            anchor=f"id_{fields.DECLARE}{code}",
        )
    grounds = {ground.id: ground for ground in terms.exclusions}
    for code in rules.ground_codes(terms):
        yield _item(
            sections.DECLARATIONS,
            f"declaration_{code}",
            grounds[code].clause,
            grounds[code].title,
            Text(ko="해당 여부에 답해 주세요.", en="Say whether it applies to you."),
            done=f"{fields.DECLARE}{code}" in values,
            anchor=f"id_{fields.DECLARE}{code}",
        )


def _consents(application: Application, terms: domain.Call, values: Mapping[str, str]) -> Iterator[Item]:
    """Required consents, each given to the words of the version in force."""
    given = fields.consents(application)
    for one in sections.asked(terms, application):
        name = f"{fields.CONSENT}{one.id}"
        if one.required:
            row = given.get(one.id)
            same = row is not None and row.text_version == one.version
            old = same and row is not None and row.text_sha256 != fingerprint(full_text(one))
            agreed = values.get(name) == fields.consent_value(given=True, version=one.version)
            yield _item(
                sections.CONSENTS,
                f"consent_{one.id}",
                "A-01",
                one.title,
                Text(
                    ko=f"'{one.title.ko}'에 답해 주세요. {one.refusal.ko if one.refusal else ''}",
                    en=f"Answer “{one.title.en}”. {one.refusal.en if one.refusal else ''}",
                ),
                done=agreed and not old,
                anchor=f"id_{name}",
            )


def _documents(application: Application, terms: domain.Call, applicant: Applicant) -> Iterator[Item]:
    """The documents owed; a file that waits for its scan is handed in, one refused is not."""
    held = {row.code for row in application.documents.all() if row.file.verdict != row.file.Verdict.REFUSED}
    for group in document_groups(terms, applicant):
        title = joined(rule.title for rule in group)
        yield _item(
            DOCUMENTS,
            f"document_{group[0].code}",
            group[0].clause,
            title,
            Text(ko=f"서류를 올려 주세요: {title.ko}", en=f"Upload: {title.en}."),
            done=any(rule.code in held for rule in group),
            anchor=group[0].code,
            needed=False,
        )


def _professor(application: Application) -> Iterator[Item]:
    if application.role == Application.Role.STUDENT:
        yield _item(
            DOCUMENTS,
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
