"""Why a report, a check or a case is refused: findings with clause, reason and what would mend it."""

from datetime import date, datetime

from naru.domain.decision import Refused, refusal
from naru.domain.terms import Text


def not_in_use(state: str) -> Refused:
    """The award has no server in the awardee's hands."""
    return refusal(
        "P-01",
        "not_in_use",
        Text(
            ko="서버를 이용하는 동안에만 낼 수 있습니다.", en="This is due while the server is in use only."
        ),
        Text(ko="서버를 인수한 뒤에 제출하십시오.", en="Submit it after the handover of the server."),
        state=state,
    )


def month_outside_use(month: date, first: date, last: date) -> Refused:
    """The month is not one in which the award was in use up to now; all three are months."""
    return refusal(
        "P-01",
        "month_outside_use",
        Text(
            ko=f"{month:%Y-%m}은 보고할 수 있는 달이 아닙니다({first:%Y-%m}~{last:%Y-%m}).",
            en=f"{month:%Y-%m} is not a month to report ({first:%Y-%m} to {last:%Y-%m}).",
        ),
        Text(ko="보고할 달을 다시 고르십시오.", en="Choose one of these months."),
        month=month.isoformat(),
    )


def unknown_stage(stage: str, stages: tuple[str, ...]) -> Refused:
    """The call has no such stage."""
    return refusal(
        "P-01",
        "unknown_stage",
        Text(ko=f"공고에 없는 단계입니다: {stage}", en=f"The call has no stage {stage}."),
        Text(ko=f"다음 가운데 고르십시오: {', '.join(stages)}", en=f"Choose one of: {', '.join(stages)}"),
        stage=stage,
    )


def reported_already(month: date) -> Refused:
    """The month has its report."""
    return refusal(
        "P-01",
        "reported_already",
        Text(ko=f"{month:%Y-%m} 보고는 이미 냈습니다.", en=f"{month:%Y-%m} is reported already."),
        Text(ko="다음 달 보고에 이어서 적어 주십시오.", en="Continue in the next month's report."),
        month=month.isoformat(),
    )


def no_report(month: date) -> Refused:
    """A reason statement belongs to a report."""
    return refusal(
        "P-02",
        "no_report_of_month",
        Text(ko=f"{month:%Y-%m} 보고가 없습니다.", en=f"There is no report of {month:%Y-%m}."),
        Text(ko="그 달의 진도 보고를 먼저 내십시오.", en="Report that month first."),
        month=month.isoformat(),
    )


def stated_already(month: date) -> Refused:
    """The month has its reason statement."""
    return refusal(
        "P-02",
        "stated_already",
        Text(ko=f"{month:%Y-%m} 유지사유서는 이미 냈습니다.", en=f"{month:%Y-%m} has its reason statement."),
        Text(ko="낸 내용은 진도 화면에 있습니다.", en="It stands on the progress page."),
        month=month.isoformat(),
    )


def text_missing(clause: str, ko: str, en: str) -> Refused:
    """A text that is required is empty; `ko` and `en` name it."""
    return refusal(
        clause,
        "text_missing",
        Text(ko=f"{ko}이(가) 비어 있습니다.", en=f"The {en} is empty."),
        Text(ko="내용을 적어 주십시오.", en="Write it."),
    )


def check_too_early(opens: date) -> Refused:
    """A check is submitted from its month on."""
    return refusal(
        "P-03",
        "check_too_early",
        Text(
            ko=f"점검 자료는 {opens:%Y-%m-%d}부터 받습니다.",
            en=f"Material is taken from {opens:%Y-%m-%d} on.",
        ),
        Text(ko="그날부터 제출하십시오.", en="Submit it from that day on."),
        opens=opens.isoformat(),
    )


def check_decided() -> Refused:
    """A decided check stays."""
    return refusal(
        "P-03",
        "check_decided",
        Text(ko="이미 판정한 점검입니다.", en="The check is decided already."),
        Text(ko="판정 내용은 점검 화면에 있습니다.", en="The verdict stands on the check's page."),
    )


def results_missing(names: list[str]) -> Refused:
    """The final check compares every KPI of the application."""
    listed = ", ".join(names)
    return refusal(
        "P-04",
        "results_missing",
        Text(ko=f"실적이 없는 지표가 있습니다: {listed}", en=f"KPIs without a result: {listed}"),
        Text(
            ko="지표마다 실적을 적으십시오. 재지 못한 지표는 비워 두되 목록에는 있어야 합니다.",
            en="Give every KPI a result; one that was not measured is listed and left empty.",
        ),
    )


def foreign_results() -> Refused:
    """Results of another application's KPIs."""
    return refusal(
        "P-04",
        "foreign_results",
        Text(
            ko="이 신청의 성과지표가 아닌 실적이 있습니다.",
            en="Some results are not of this application's KPIs.",
        ),
        Text(
            ko="신청서에 적은 지표에만 실적을 적으십시오.", en="Give results of the application's own KPIs."
        ),
    )


def own_check() -> Refused:
    """Nobody decides what they submitted."""
    return refusal(
        "P-04",
        "own_check",
        Text(ko="자료를 낸 사람은 판정할 수 없습니다.", en="Whoever submitted it cannot decide it."),
        Text(ko="운영기관의 다른 담당자가 판정하십시오.", en="Let another operator decide."),
    )


def no_ground(ground: str, clause: str) -> Refused:
    """Nothing on record carries the ground."""
    return refusal(
        clause,
        "ground_not_on_record",
        Text(ko="이 사유를 뒷받침하는 기록이 없습니다.", en="Nothing on record carries this ground."),
        _GROUND_MENDS.get(ground, _GROUND_MENDS["withdrawal"]),
        ground=ground,
    )


_GROUND_MENDS = {
    "withdrawal": Text(
        ko="중도포기가 기록된 뒤에 통지할 수 있습니다.",
        en="Give notice once the withdrawal is on record.",
    ),
    "final_insufficient": Text(
        ko="결과점검 '미흡' 판정이 기록된 뒤에 통지할 수 있습니다.",
        en="Give notice once the verdict is on record.",
    ),
    "survey_missing": Text(
        ko="설문 기한이 지나도록 답이 없을 때에만 통지할 수 있습니다.",
        en="Give notice only when the survey's due day has passed without an answer.",
    ),
}


def unknown_ground(ground: str) -> Refused:
    """The call names no such ground."""
    return refusal(
        "P-06",
        "unknown_ground",
        Text(ko=f"공고에 없는 제한 사유입니다: {ground}", en=f"The call names no ground {ground}."),
        Text(ko="공고에 적힌 사유를 고르십시오.", en="Choose a ground of the call."),
        ground=ground,
    )


def case_open(ground: str, clause: str) -> Refused:
    """One case per award and ground."""
    return refusal(
        clause,
        "case_open_already",
        Text(ko="같은 사유의 건이 이미 있습니다.", en="There is a case on this ground already."),
        Text(ko="그 건에서 이어서 처리하십시오.", en="Go on with that case."),
        ground=ground,
    )


def hearing_over(until: datetime, clause: str) -> Refused:
    """The time to be heard has passed or the case is decided."""
    return refusal(
        clause,
        "hearing_over",
        Text(ko="의견을 낼 수 있는 기간이 끝났습니다.", en="The time to be heard is over."),
        Text(
            ko="운영기관에 연락하거나 결정 뒤 이의신청을 하십시오.",
            en="Contact the operator, or object after the decision.",
        ),
        until=until.isoformat(),
    )


def no_bar(clause: str) -> Refused:
    """The ground carries no restriction."""
    return refusal(
        clause,
        "ground_without_restriction",
        Text(ko="이 사유에는 참여제한이 정해져 있지 않습니다.", en="This ground carries no restriction."),
        Text(ko="'제한하지 않음'으로 결정하십시오.", en="Decide without a restriction."),
    )


def not_the_awardee() -> Refused:
    """Only who was awarded answers for the award."""
    return refusal(
        "P-05",
        "not_the_awardee",
        Text(ko="이 지원의 이용자만 답할 수 있습니다.", en="Only the awardee answers this survey."),
        Text(ko="신청한 분의 계정으로 답하십시오.", en="Answer with the account of whoever applied."),
    )


def survey_not_owed(state: str) -> Refused:
    """Without a server in hand there is nothing to ask about."""
    return refusal(
        "P-05",
        "survey_not_owed",
        Text(
            ko="서버를 인수하지 않았거나 공고에 설문이 없어 답할 것이 없습니다.",
            en="No server was handed over, or the call asks no survey: there is nothing to answer.",
        ),
        Text(ko="아무것도 하지 않아도 됩니다.", en="There is nothing to do."),
        state=state,
    )


def survey_too_early(opens: date) -> Refused:
    """The survey opens on the last day of use."""
    return refusal(
        "P-05",
        "survey_too_early",
        Text(ko=f"설문은 {opens:%Y-%m-%d}부터 받습니다.", en=f"The survey opens on {opens:%Y-%m-%d}."),
        Text(ko="이용이 끝나는 그날부터 답하십시오.", en="Answer from that day on, when the use ends."),
        opens=opens.isoformat(),
    )


def survey_answered() -> Refused:
    """One answer per award."""
    return refusal(
        "P-05",
        "survey_answered",
        Text(ko="설문에 이미 답했습니다.", en="The survey is answered already."),
        Text(ko="낸 답은 설문 화면에 있습니다.", en="The answers stand on the survey's page."),
    )


def answers_unfit(wrong: tuple[str, ...]) -> Refused:
    """Answers missing, of the wrong kind, or to questions nobody asked."""
    listed = ", ".join(wrong)
    return refusal(
        "P-05",
        "answers_unfit",
        Text(ko=f"맞지 않는 답이 있습니다: {listed}", en=f"Some answers do not fit: {listed}"),
        Text(
            ko="모든 물음에 답하되 수는 0 이상의 정수로 적으십시오.",
            en="Answer every question; numbers are whole and not below 0.",
        ),
        questions=listed,
    )
