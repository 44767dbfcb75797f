"""Plain names of the kinds of mail: staff read what a mail is for, never its template's path."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS = {
    "account_exists": _("이미 가입한 이메일"),
    "account_unknown": _("가입하지 않은 이메일"),
    "address_changed": _("이메일 변경 알림"),
    "allocation/offer_due": _("충원 제안에 답할 하루 전 알림"),
    "allocation/offer_lapsed": _("충원 제안이 끝남"),
    "allocation/offered": _("빈 자리 충원 제안"),
    "allocation/withdrawn": _("중도포기 알림"),
    "appeals/answered": _("이의신청의 답"),
    "appeals/extended": _("이의신청 답할 기한 연장"),
    "appeals/filed": _("이의신청 접수"),
    "appeals/settled": _("이의신청 뒤 다시 계산한 결과"),
    "applications/exception": _("마감 뒤 제출 예외"),
    "applications/professor_declined": _("지도교수의 거절"),
    "applications/professor_invited": _("지도교수 확인 요청"),
    "applications/receipt": _("접수 알림"),
    "applications/withdrawn": _("신청 철회 알림"),
    "calls/close_moved": _("접수 마감 변경"),
    "confirm_address": _("이메일 확인"),
    "document_refused": _("받을 수 없는 서류"),
    "evaluation/objection_decided": _("평가위원 기피 신청의 답"),
    "evaluation/pool_shown": _("평가위원 명단 공개"),
    "evaluation/seat_reopened": _("빠진 평가를 대신할 위원에게 요청"),
    "evaluation/sheets_owed": _("평가표 제출 알림"),
    "organisations/invited": _("기관 담당자 초대"),
    "organisations/joining_answered": _("담당자 요청의 답"),
    "organisations/joining_asked": _("담당자 요청"),
    "password_changed": _("비밀번호 변경 알림"),
    "password_reset": _("비밀번호 찾기"),
    "questions/answered": _("문의의 답"),
    "recovery_codes_renewed": _("복구 코드 새로 만듦"),
    "screening/correction_extended": _("보완 기한 연장"),
    "screening/correction_withdrawn": _("보완 요청 취소"),
    "screening/corrections_asked": _("보완 요청"),
    "screening/corrections_due": _("보완 기한 안내"),
    "screening/renewals_asked": _("확인서 갱신 요청"),
    "screening/renewals_due": _("확인서 갱신 기한 안내"),
    "screening/reviews_asked": _("기술검토 요청"),
    "screening/reviews_due": _("기술검토 기한 안내"),
    "screening/reviews_overdue": _("기술검토 기한 지남"),
    "selection/corrected": _("선정 결과 정정"),
    "selection/decision": _("선정 결과"),
    "second_factor_off": _("2단계 인증 끔"),
    "second_factor_on": _("2단계 인증 켬"),
    "second_factor_reset": _("2단계 인증 초기화"),
}


def title(name: str) -> Any:
    """The plain name of a kind; the kind itself where a mail of another release has one unknown here."""
    return KINDS.get(name, name)
