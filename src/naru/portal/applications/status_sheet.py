"""The status sheet (신청현황표, [2-1]/[2-2]): a row for each application handed in of a round and sector."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from naru.documents.sheet import Column, Sheet
from naru.domain import call as domain
from naru.portal.applications.models import Application, EvidenceDocument, Kpi, ModelUse
from naru.portal.calls.models import Call
from naru.portal.organisations.models import Organisation

COMMON = (
    Column(heading="연번", width=6),
    Column(heading="접수번호", width=16),
    Column(heading="할당 단위", width=22),
    Column(heading="기관명", width=24),
)
PRIVATE = (Column(heading="사업자등록번호", width=16), Column(heading="기업 구분", width=12))
PUBLIC = (
    Column(heading="기관 구분", width=12),
    Column(heading="교수", width=12),
    Column(heading="학과·부서", width=18),
    Column(heading="신청자 구분", width=12),
)
ANSWERS = (
    Column(heading="신청 상품", width=14),
    Column(heading="과제명", width=40),
    Column(heading="AI 모델", width=30),
    Column(heading="성과지표 수", width=10),
    Column(heading="올린 서류 수", width=10),
    Column(heading="제출 시각", width=20),
    Column(heading="마지막 저장 시각", width=20),
    Column(heading="판", width=6),
    Column(heading="신청자", width=12),
    Column(heading="이메일", width=28),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """One sheet to make: a round of a call and the form that names its sector."""

    call: Call
    terms: domain.Call
    round_id: str
    form: domain.Form

    @property
    def key(self) -> str:
        """Its name in an address or form."""
        return f"{self.call.slug}|{self.round_id}|{self.form.code}"

    @property
    def filename(self) -> str:
        """What the file is called."""
        return f"신청현황표_{self.call.slug}_{self.round_id}차_{self.form.code}.xlsx"


def choices_of(call: Call, terms: domain.Call) -> Iterator[SheetChoice]:
    """The sheets of a call: for each round, the status sheet of each sector, which is its second form."""
    for party in terms.parties:
        for form in [form for form in terms.forms if form.party == party.id][1:]:
            for track in terms.tracks:
                for one in track.rounds:
                    yield SheetChoice(call=call, terms=terms, round_id=one.id, form=form)


def rows_of(choice: SheetChoice) -> QuerySet[Application]:
    """The applications the sheet lists, by number; two queries however many there are."""
    return (
        Application.objects.filter(
            call=choice.call,
            round_id=choice.round_id,
            sector=choice.form.party,
            state=Application.State.SUBMITTED,
        )
        .select_related("organisation", "professor", "applicant")
        .prefetch_related(Prefetch("models", ModelUse.objects.only("application", "name", "primary")))
        .annotate(kpi_count=_count(Kpi), document_count=_count(EvidenceDocument))
        .order_by("number")
    )


def _count(model: type[Kpi | EvidenceDocument]) -> Coalesce:
    rows = model.objects.filter(application=OuterRef("pk")).order_by().values("application")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), Value(0))


def sheet_of(choice: SheetChoice, rows: Iterable[Application], made_at: str) -> Sheet:
    """The sheet as a table; `made_at` is printed under its title."""
    public = choice.form.party == "public"
    table = tuple((place, *_row(choice.terms, one, public=public)) for place, one in enumerate(rows, start=1))
    return Sheet(
        title=f"[붙임 {choice.form.code}] {choice.form.title.ko}",
        about=(
            f"{choice.terms.title.ko} · {choice.round_id}차 · {len(table):,}건 · {made_at} 기준 · "
            "개인정보가 들어 있으니 맡은 일에만 쓰고 지우십시오."
        ),
        columns=(*COMMON, *(PUBLIC if public else PRIVATE), *ANSWERS),
        rows=table,
    )


def _row(terms: domain.Call, one: Application, *, public: bool) -> tuple[str | int, ...]:
    kinds = {kind.id: kind.title.ko for party in terms.parties for kind in party.kinds}
    products = {product.id: product.title.ko for product in terms.resources}
    return (
        one.number or "",
        one.unit,
        one.organisation.name,
        *(_public(one, kinds) if public else _private(one, kinds)),
        products.get(one.product, one.product),
        one.title,
        ", ".join(model.name for model in one.models.all()),
        one.kpi_count,  # type: ignore[attr-defined]  # annotated by `rows_of`
        one.document_count,  # type: ignore[attr-defined]  # as above
        timezone.localtime(one.submitted_at).strftime("%Y-%m-%d %H:%M:%S") if one.submitted_at else "",
        timezone.localtime(one.updated_at).strftime("%Y-%m-%d %H:%M:%S"),
        one.revision,
        one.applicant.name,
        one.applicant.email,
    )


def _private(one: Application, kinds: dict[str, str]) -> tuple[str, str]:
    company: Organisation = one.organisation
    return company.printed_number, kinds.get(one.kind, one.kind)


def _public(one: Application, kinds: dict[str, str]) -> tuple[str, str, str, str]:
    professor = one.professor
    named = (professor.name, professor.department) if professor else ("", "")
    return (kinds.get(one.kind, one.kind), *named, one.get_role_display())
