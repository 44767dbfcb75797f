"""The application form of a sector as an HWPX file, blank or with the answers given so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from naru.documents.hwpx_form import Field, Grid, Part, PrintedForm
from naru.domain import call as domain
from naru.portal.applications.answers import Answers, KpiAnswer, ModelAnswer
from naru.portal.applications.catalogue import catalogue
from naru.portal.applications.models import Kpi
from naru.portal.applications.paper.questions import Question, flat, questions

KPI_HEADINGS = ("지표", "단위", "방향", "현재 값", "목표 값", "측정 방법")
MODEL_HEADINGS = ("모델 이름", "지원 모델 표의 계열", "대표 모델")
ROWS = 5  # of each table, empty ones included
IN_A_LINE = 3  # more boxes than these stand below each other
PARTS = {
    "basics": ("2. 상품과 과제", ""),
    "plan": ("3. 사용계획서", "평가항목 순서대로 적습니다 (A-04)."),
    "kpis": (
        "4. 성과지표",
        "12월 결과점검에서 실적과 비교합니다 (P-04). 방향은 '높을수록 좋음'이나 '낮을수록 좋음'입니다.",
    ),
    "models": ("5. AI 모델", "대표 모델 하나에 표시합니다. 계열은 표에 없으면 비워 둡니다 (A-05)."),
    "statements": ("6. 확인과 서약", "해당하는 칸의 ☐를 ☑로 바꿉니다 (C-06, E-09, E-10)."),
}
LEAD = (
    "표의 칸을 채워 포털의 신청서 화면에 올리면 같은 이름의 칸에 옮겨 적습니다. 칸의 이름은 바꾸지 마십시오.",
    "파일을 올리는 것만으로는 제출되지 않습니다. 포털에서 확인하고 '제출하기'를 눌러야 접수됩니다.",
    "동의서는 이 파일에 없습니다. 포털에서 항목마다 따로 답합니다.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose form it is, as printed at its head; all empty on a blank form."""

    organisation: str = ""
    kind: str = ""
    professor: str = ""
    applicant: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything a printed form is made of: the call's terms, the sector, its questions, clouds by code."""

    terms: domain.Call
    party: domain.Party
    clouds: Mapping[str, str]
    whose: Whose
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """The form's own name in the call, with its number."""
        form = form_of(self.terms, self.party.id)
        return f"[붙임 {form.code}] {form.title.ko}" if form else "이용신청서와 사용계획서"

    def head(self) -> dict[str, str]:
        """The lines the portal knows already, by label; they are not read back."""
        whose = self.whose
        lines = {"신청 기관": whose.organisation, "신청 자격": whose.kind}
        if self.party.unit == "professor":
            lines["교수"] = whose.professor
        return lines | {"신청자": whose.applicant, "신청자 이메일": whose.email}


def asked(
    terms: domain.Call, party: domain.Party, clouds: Mapping[str, str], whose: Whose, kind: str = ""
) -> Asked:
    """What the form of a sector asks; with a `kind` of applicant only what that kind is asked."""
    return Asked(
        terms=terms,
        party=party,
        clouds=clouds,
        whose=whose,
        questions=questions(terms, party, clouds, kind),
    )


def form_of(terms: domain.Call, party: str) -> domain.Form | None:
    """The application form of a sector: the first the call names for it (the status sheet follows)."""
    return next((form for form in terms.forms if form.party == party), None)


def printed(form: Asked, answers: Answers) -> PrintedForm:
    """The form with these answers."""
    values = flat(answers)

    def fields(part: str) -> tuple[Field, ...]:
        return tuple(
            Field(
                label=one.label,
                note=one.note,
                tall=one.tall,
                value=shown(one, values.get(one.key, ""), form.clouds),
            )
            for one in form.questions
            if one.part == part
        )

    head = tuple(Field(label=label, value=value) for label, value in form.head().items())
    kpis = Grid(headings=KPI_HEADINGS, rows=_padded([kpi_row(one) for one in answers.kpis], KPI_HEADINGS))
    models = Grid(
        headings=MODEL_HEADINGS, rows=_padded([model_row(one) for one in answers.models], MODEL_HEADINGS)
    )
    return PrintedForm(
        title=form.title,
        lead=(f"{form.terms.title.ko} · {form.terms.agency.ko}", *LEAD),
        parts=(
            Part(heading="1. 신청 기관과 신청자", note="포털의 계정과 기관 정보입니다.", fields=head),
            _part("basics", fields=fields("basics")),
            _part("plan", fields=fields("plan")),
            _part("kpis", grid=kpis),
            _part("models", grid=models),
            _part("statements", fields=fields("statements")),
        ),
    )


def _part(name: str, *, fields: tuple[Field, ...] = (), grid: Grid | None = None) -> Part:
    heading, note = PARTS[name]
    return Part(heading=heading, note=note, fields=fields, grid=grid)


def shown(question: Question, value: str, clouds: Mapping[str, str]) -> str:
    """An answer as the form prints it: boxes to tick, a cloud by its name, else the text."""
    if question.choices:
        boxes = [f"{'☑' if code == value else '☐'} {words}" for code, words in question.choices]
        return "\n".join(boxes) if len(boxes) > IN_A_LINE else "   ".join(boxes)
    if question.key.startswith("cloud_"):
        return clouds.get(value, value)
    return value


def kpi_row(one: KpiAnswer) -> tuple[str, ...]:
    """A performance target as the table's row."""
    numbers = (format(number.normalize(), "f") for number in (one.baseline, one.target))
    return (one.name, one.unit, Kpi.Direction(one.direction).label, *numbers, one.how_measured)


def model_row(one: ModelAnswer) -> tuple[str, ...]:
    """A model as the table's row."""
    family = catalogue().by_key().get(one.family)
    return (one.name, family.title if family else one.family, "☑ 대표" if one.primary else "☐ 대표")


def _padded(rows: list[tuple[str, ...]], headings: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    empty = ("",) * (len(headings) - 1) + ("☐ 대표" if headings == MODEL_HEADINGS else "",)
    return (*rows, *[empty] * (ROWS - len(rows)))
