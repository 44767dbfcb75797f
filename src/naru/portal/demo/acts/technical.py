"""Technical review (사전 기술검토): every vendor answers for each application."""

from datetime import datetime
from functools import partial

from naru.codec.capability import capability
from naru.portal.applications.models import Application
from naru.portal.demo import calendar
from naru.portal.demo.year import ROUND, Year
from naru.portal.screening import actions as screening
from naru.portal.screening import queries
from naru.portal.screening.models import TechnicalReview

REASONS = {
    "supported": (("runs_today", ""), ("reference_exists", "")),
    "conditional": (
        ("operator_fallback", "후처리 연산은 CPU에서 실행됩니다."),
        ("fixed_input_shape", "입력 크기를 고정하면 지원합니다."),
        ("several_cards_needed", "카드 두 장에 나누어 올립니다."),
    ),
    "unsupported": (
        ("family_not_planned", "이 계열은 아직 지원 계획이 없습니다."),
        ("operator_missing", "모델에 지원하지 않는 연산이 있습니다."),
    ),
}


def ask(year: Year, at: datetime) -> None:
    """Ask every vendor about every application; the answers come over three days."""
    asked = year.player.play(
        screening.route_round, by=year.operators[0], at=at, call=year.call, round_id=ROUND
    )
    rows = (
        TechnicalReview.objects.filter(pk__in=[one.pk for one in asked])
        .select_related("vendor")
        .prefetch_related("application__models")
        .order_by("pk")
    )
    for row in rows:
        answers = calendar.within(year.rng, calendar.on(3, 19), 3)
        year.player.later(answers, partial(_answer, year, row))


def _answer(year: Year, row: TechnicalReview, at: datetime) -> None:
    """The vendor's person answers as the vendor's claims say."""
    claims = capability().vendor(row.vendor.code)
    families = [model.family for model in row.application.models.all()]
    verdict = claims.claim_all(families) if claims else "unsupported"
    code, note = year.rng.choice(REASONS[verdict])
    if not Application.objects.filter(pk=row.application_id, state=Application.State.SUBMITTED).exists():
        return  # withdrawn since: it has left the vendor's list
    year.player.play(
        screening.answer_review,
        by=year.supplier_people[row.vendor.code],
        at=at,
        review=row,
        verdict=verdict,
        reason_code=code,
        note=note,
    )


def decide(year: Year, at: datetime) -> None:
    """Where no vendor can, a person excludes; the first of a listed family is let through."""
    profiles = year.profile_of()
    kept = False
    for application in queries.undecided_unsupported(year.call, ROUND).order_by("number"):
        keep = not kept and profiles[application.pk].story == "nobodys"
        kept = kept or keep
        reason = "표에 있는 계열이라 평가는 진행합니다." if keep else "지원할 수 있는 반도체사가 없습니다."
        year.player.play(
            screening.decide_unsupported,
            by=year.operator(),
            at=at,
            application=application,
            decision="proceed" if keep else "exclude",
            reason=reason,
        )
