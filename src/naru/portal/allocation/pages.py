"""What the allocation pages show: tones of states, the story of an award, the next step of each, offers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from naru.portal.allocation.models import Award, Offer
from naru.portal.ui.components import Event

TONES = {
    "agreement": "wait",
    "ordered": "active",
    "in_use": "ok",
    "withdrawn": "neutral",
    "excluded": "bad",
    "ended": "neutral",
}


def next_step(award: Award, *, lapsing: bool = False) -> Any:
    """What has to happen next, in a few words; `lapsing`: a certificate has to be renewed first (E-05)."""
    agreement, server = getattr(award, "agreement", None), getattr(award, "server", None)
    if award.state == Award.State.AGREEMENT:
        if agreement is None:
            return _("이용자 서명 대기")
        if agreement.countersigned_at and lapsing:
            return _("확인서 갱신 대기 (E-05)")
        return _("서버 주문하기") if agreement.countersigned_at else _("운영기관 서명")
    if award.state == Award.State.ORDERED and server is not None:
        return _("이용자 인수 대기") if server.delivered_at else _("클라우드사 인도 대기")
    if award.state == Award.State.IN_USE:
        return _("월간 진도 보고")
    return _("없음")


def story(award: Award) -> list[Event]:
    """What happened to an award, in order of time."""
    agreement, server = getattr(award, "agreement", None), getattr(award, "server", None)
    withdrawal = getattr(award, "withdrawal", None)
    told: list[tuple[Any, ...]] = [(award.created_at, award.get_source_display(), "", "", "info")]
    if agreement:
        told.append((agreement.signed_at, _("이용자가 협약에 서명"), agreement.signed_by, "", "active"))
        by = agreement.countersigned_by
        told.append((agreement.countersigned_at, _("운영기관이 서명해 협약 체결"), by, "", "ok"))
    if server:
        told += [
            (server.ordered_at, _("서버를 주문함"), "", server.reference, "active"),
            (
                server.delivered_at,
                _("서버 인도, 상품 사양 충족"),
                award.cloud,
                server.cloud_reference,
                "active",
            ),
            (server.handed_over_at, _("이용자가 서버를 인수"), "", "", "ok"),
            (server.returned_at, _("서버가 회수됨"), "", "", "neutral"),
        ]
    if withdrawal:
        told.append(
            (withdrawal.withdrawn_at, _("중도포기"), withdrawal.withdrawn_by, withdrawal.reason, "warn")
        )
    rows = [row for row in told if row[0] is not None]
    return [
        Event(at=at, title=title, by=by or "", detail=detail, tone=tone)
        for at, title, by, detail, tone in sorted(rows, key=lambda row: row[0])
    ]


def offer_state(offer: Offer, at: datetime) -> tuple[Any, str]:
    """How an offer stands at an instant, in words, and the tone of its badge."""
    if offer.answer:
        return offer.get_answer_display(), "ok" if offer.answer == Offer.Answer.ACCEPTED else "neutral"
    return (_("답변 대기"), "wait") if offer.expires_at > at else (_("기한이 지나 끝남"), "neutral")


def offer_story(offer: Offer) -> list[Event]:
    """What happened to an offer: made, and answered."""
    told = [Event(at=offer.offered_at, title=_("충원을 제안함"), tone="info")]
    if offer.answered_at:
        title = _("충원 제안: %(answer)s") % {"answer": offer.get_answer_display()}
        told.append(Event(at=offer.answered_at, title=title, by=offer.answered_by or "", tone="active"))
    return told
