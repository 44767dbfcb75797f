"""The agreement (협약) of an awardee: its articles, computed from the call, each citing its clause.

Nothing is negotiated: what is signed follows from the call and the product alone, so anyone can recompute
an agreement's articles from the call version it names.
"""

from dataclasses import dataclass

from naru.domain.call import Call, Resource
from naru.domain.terms import Due, Obligation, SanctionGround, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: what it is about (`code`), the clause it rests on, and its sentence in two languages."""

    code: str
    clause: str
    text: Text


CONSEQUENCES = {
    "reminder": Text(ko="독촉 안내", en="a reminder"),
    "restriction": Text(ko="차년도 참여제한 심의", en="a case for restricting next year's participation"),
    "clawback": Text(
        ko="사용한 자원 비용의 환수 심의", en="a case for claiming back the cost of what was used"
    ),
}


def articles(call: Call, product: str) -> tuple[Article, ...]:
    """The articles for an award of `product`, in reading order; KeyError for a product the call lacks."""
    return (
        _server(call.resource(product)),
        _period(call),
        *_use(call),
        *(_obligation(entry) for entry in call.obligations),
        *(_ground(entry) for entry in call.sanction.grounds),
        _hearing(call),
    )


def _server(product: Resource) -> Article:
    figures = f"{product.memory_gb} GB, SSD {product.ssd_tb} TB, {product.link_gbps} Gbps"
    ko = f"{product.tops_int8} TOPS (INT8), CPU {product.cores}코어 {product.clock_ghz} GHz, {figures}"
    en = f"{product.tops_int8} TOPS (INT8), {product.cores} cores at {product.clock_ghz} GHz, {figures}"
    return Article(
        code="server",
        clause=product.clause,
        text=Text(
            ko=f"운영기관은 {product.title.ko} 서버 한 식({ko} 이상)을 무료로 빌려준다.",
            en=f"The operator lends one {product.title.en} server ({en} or more) free of charge.",
        ),
    )


def _period(call: Call) -> Article:
    ends = call.support.ends.isoformat()
    ko, en = f"이용 기간은 서버를 인수한 날부터 {ends}까지이다.", f"Use lasts from the handover until {ends}."
    if call.support.stops_with_budget:
        ko = f"이용 기간은 서버를 인수한 날부터 {ends}까지이며, 예산이 먼저 다하면 그때 끝난다."
        en = f"Use lasts from the handover until {ends}, or until the budget is spent."
    return Article(code="period", clause=call.support.clause, text=Text(ko=ko, en=en))


def _use(call: Call) -> tuple[Article, ...]:
    found = []
    if call.use.inference_only:
        text = Text(
            ko="서버는 신청서의 사용계획에 적은 추론에만 쓰고, AI 모델 학습에는 쓰지 않는다.",
            en="The server runs the inference of the usage plan, and is not used to train models.",
        )
        found.append(Article(code="inference_only", clause=call.use.clause, text=text))
    if call.use.trained_model_only:
        text = Text(
            ko="이용자는 학습을 마친 모델을 이미 갖추고 있다.",
            en="The awardee already has a model whose training is finished.",
        )
        found.append(Article(code="trained_model", clause=call.use.clause, text=text))
    return tuple(found)


def _obligation(entry: Obligation) -> Article:
    ko = ", ".join(CONSEQUENCES[name].ko for name in entry.consequences)
    en = ", then ".join(CONSEQUENCES[name].en for name in entry.consequences)
    due = _due(entry.due)
    return Article(
        code=entry.id,
        clause=entry.clause,
        text=Text(
            ko=f"{entry.title.ko}: {due.ko} 낸다. 내지 않을 때의 조치: {ko}.",
            en=f"{entry.title.en}: {due.en}. Failing it leads to {en}.",
        ),
    )


def _due(due: Due) -> Text:
    match due.kind:
        case "monthly":
            ko = f"매달 분을 다음 달 {due.day}일까지" if due.day else "매달"
            return Text(
                ko=ko, en=f"monthly, by day {due.day} of the next month" if due.day else "every month"
            )
        case "month":
            return Text(ko=f"{due.month}월에", en=f"in month {due.month}")
        case "days_after_end":
            return Text(
                ko=f"지원이 끝난 뒤 {due.days}일 안에", en=f"within {due.days} days after the support ends"
            )
        case _:
            within = Text(ko=f"{due.days}일 안에 ", en=f" within {due.days} days") if due.days else None
            return Text(
                ko=f"한 단계에 오래 머물면 {within.ko if within else ''}".strip(),
                en=f"when a stage lasts too long,{within.en if within else ''}".rstrip(","),
            )


def _ground(entry: SanctionGround) -> Article:
    if entry.years:
        ko, en = f"그 뒤 {entry.years}년의 참여를 제한할 수 있다", f"may bar the next {entry.years} year(s)"
    else:
        ko, en = "지원을 끝낼 수 있다", "may end the support"
    if entry.clawback:
        ko, en = f"{ko}. 사용한 자원의 비용을 환수할 수 있다", f"{en} and cost the value of what was used"
    return Article(
        code=f"ground_{entry.id}",
        clause=entry.clause,
        text=Text(ko=f"{entry.title.ko}: {ko}.", en=f"{entry.title.en} {en}."),
    )


def _hearing(call: Call) -> Article:
    days = call.sanction.hearing_days
    return Article(
        code="hearing",
        clause=call.sanction.clause,
        text=Text(
            ko=f"제재는 미리 통지하고 {days}일 동안 의견을 들은 뒤에 정한다.",
            en=f"A sanction is decided after prior notice and {days} days to be heard.",
        ),
    )
