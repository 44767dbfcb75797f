"""Technical review (사전 기술검토): a vendor's coded answer, and what several answers come to (R-02).

A vendor answers for the application as a whole: with `models_policy = "all_models"` for all its models,
so "supported" means every one of them. "Conditional" counts as support: the condition is settled with
the awardee. Where nobody supports the models a person decides, because the call says "may" (A-05).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from naru.domain.decision import Finding, Outcome, Refused
from naru.domain.terms import Text


class Verdict(StrEnum):
    """A vendor's answer."""

    SUPPORTED = "supported"
    CONDITIONAL = "conditional"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A coded reason: which verdict it explains, in two languages."""

    code: str
    verdict: Verdict
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one vendor said; `verdict` None while it has not answered."""

    vendor: str
    verdict: Verdict | None


def _reason(verdict: Verdict, code: str, ko: str, en: str) -> Reason:
    return Reason(code=code, verdict=verdict, text=Text(ko=ko, en=en))


# The closed list. A new reason is a new line here, so that counts over the years stay comparable.
REASONS: tuple[Reason, ...] = (
    _reason(
        Verdict.SUPPORTED, "runs_today", "현재 SDK로 그대로 동작합니다.", "Runs on the present SDK as it is."
    ),
    _reason(
        Verdict.SUPPORTED,
        "reference_exists",
        "같은 계열의 공식 예제가 있습니다.",
        "A published example of the family exists.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "operator_fallback",
        "일부 연산은 CPU에서 실행됩니다.",
        "Some operators run on the CPU.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "fixed_input_shape",
        "입력 크기를 고정해야 합니다.",
        "The input shape has to be fixed.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "model_change_needed",
        "모델 일부를 바꾸어야 합니다.",
        "A part of the model has to be changed.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "several_cards_needed",
        "카드 여러 장에 나누어야 합니다.",
        "The model has to be split over several cards.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "sdk_release_awaited",
        "예정된 SDK 판에서 지원합니다.",
        "A coming SDK release supports it.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "sdk_version_needed",
        "정해진 SDK 판에서만 지원합니다.",
        "It is supported by a certain SDK version alone.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "precision_lowered",
        "정밀도를 낮추어야 합니다.",
        "The precision has to be lowered.",
    ),
    _reason(
        Verdict.CONDITIONAL,
        "licence_leave_needed",
        "모델 사용 허락(라이선스)을 더 받아야 합니다.",
        "The model's licence asks for leave first.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "operator_missing",
        "지원하지 않는 연산이 있습니다.",
        "An operator is not supported.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "memory_exceeded",
        "상품의 메모리에 들어가지 않습니다.",
        "The model does not fit the product's memory.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "precision_unavailable",
        "필요한 정밀도를 낼 수 없습니다.",
        "The precision needed is not available.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "dynamic_shape",
        "입력 크기가 바뀌는 모델은 지원하지 않습니다.",
        "Input shapes that change are not supported.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "licence_forbids",
        "모델의 사용 조건(라이선스)이 허락하지 않습니다.",
        "The model's licence forbids it.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "effort_too_large",
        "지원에 드는 인력을 낼 수 없습니다.",
        "The effort is more than the vendor can give.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "family_not_planned",
        "이 계열은 지원 계획이 없습니다.",
        "Support of this family is not planned.",
    ),
    _reason(
        Verdict.UNSUPPORTED,
        "facts_insufficient",
        "적힌 내용으로는 판단할 수 없습니다.",
        "The facts given are not enough to judge.",
    ),
)
# entered by the operator for a vendor that let its time pass; no vendor can choose it
SILENT = _reason(
    Verdict.UNSUPPORTED, "no_answer", "기한까지 답하지 않았습니다.", "There was no answer in time."
)
CHOSEN = {reason.code: reason for reason in REASONS}
BY_CODE = CHOSEN | {SILENT.code: SILENT}
MOST_WEEKS = 52

Standing = Literal["unrouted", "waiting", "supported", "unsupported"]


def reasons_for(verdict: str) -> tuple[Reason, ...]:
    """The reasons that may explain a verdict, in the order of the list."""
    return tuple(reason for reason in REASONS if reason.verdict == verdict)


def checked(verdict: str, reason_code: str, note: str) -> tuple[Verdict, Reason]:
    """The answer when it is whole: the reason belongs to the verdict, a condition is put in words.

    Raises Refused (R-02) naming what is missing.
    """
    reason = CHOSEN.get(reason_code)
    if reason is None or reason.verdict != verdict:
        codes = ", ".join(entry.code for entry in reasons_for(verdict))
        raise Refused(_wrong_reason(verdict, reason_code, codes))
    if reason.verdict is not Verdict.SUPPORTED and not note.strip():
        raise Refused(_NOTE_MISSING)
    return reason.verdict, reason


def effort(verdict: Verdict, weeks: int | None) -> int | None:
    """Person-weeks a vendor expects to spend; kept of an answer that supports. Raises Refused (R-02)."""
    if verdict is Verdict.UNSUPPORTED:
        return None
    if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
        raise Refused(_effort_unlikely(weeks))
    return weeks


def supporting(answers: Iterable[Answer]) -> frozenset[str]:
    """The vendors that can support the models, with or without a condition."""
    return frozenset(
        answer.vendor for answer in answers if answer.verdict in (Verdict.SUPPORTED, Verdict.CONDITIONAL)
    )


def standing(answers: Iterable[Answer]) -> Standing:
    """What the answers come to: one supporting vendor is enough, all must have refused for "unsupported"."""
    heard = tuple(answers)
    if not heard:
        return "unrouted"
    if supporting(heard):
        return "supported"
    return "waiting" if any(answer.verdict is None for answer in heard) else "unsupported"


def _wrong_reason(verdict: str, code: str, codes: str) -> Finding:
    return Finding(
        clause="R-02",
        code="reason_not_of_verdict",
        outcome=Outcome.FAILED,
        reason=Text(
            ko="사유 부호가 판정과 맞지 않습니다.", en="The reason's code does not belong to the verdict."
        ),
        facts=(("verdict", verdict), ("reason", code)),
        mend=Text(
            ko=f"다음 가운데에서 고르십시오: {codes}" if codes else "판정을 먼저 고르십시오.",
            en=f"Choose one of: {codes}" if codes else "Choose a verdict first.",
        ),
    )


_NOTE_MISSING = Finding(
    clause="R-02",
    code="note_missing",
    outcome=Outcome.FAILED,
    reason=Text(
        ko="조건부와 불가 판정에는 설명이 있어야 합니다.",
        en="A conditional or negative answer needs an explanation.",
    ),
    mend=Text(
        ko="어떤 조건인지, 무엇이 안 되는지 한 문장으로 적으십시오.",
        en="Say in a sentence which condition it is, or what does not work.",
    ),
)


def _effort_unlikely(weeks: int) -> Finding:
    return Finding(
        clause="R-02",
        code="effort_unlikely",
        outcome=Outcome.FAILED,
        reason=Text(
            ko=f"지원에 드는 인력은 0에서 {MOST_WEEKS}인주 사이입니다.",
            en=f"The effort lies between 0 and {MOST_WEEKS} person-weeks.",
        ),
        facts=(("weeks", str(weeks)),),
        mend=Text(
            ko="더 들면 '지원 불가'와 그 사유를 고르십시오.",
            en="If it takes more, answer that it is not supported, with that reason.",
        ),
    )
