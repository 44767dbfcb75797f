"""The calendar file: what a calendar program reads, octet by octet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from naru.domain.call import Amendment, Instant, Round, Track
from naru.domain.terms import Text
from naru.portal.calls.calendar import calendar
from naru.portal.ui import clock

AT = datetime(2025, 2, 12, 0, 0, tzinfo=UTC)


def lines(terms, language="ko"):
    made = calendar(terms, language=language, url="https://naru.example/calls/2025-npu/", stamped_at=AT)
    return made.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.requirement("C-08")
def test_briefing_and_closing_are_in_the_calendar(terms):
    """The briefing and the exclusive closing instant can be put into one's own calendar."""
    found = lines(terms)
    assert [line for line in found if line.startswith(("UID", "DTSTART", "LOCATION"))] == [
        "UID:briefing@2025-npu",
        "DTSTART:20250220T043000Z",
        "LOCATION:코엑스 아셈볼룸홀",
        "UID:closing-npu-1-1@2025-npu",
        "DTSTART:20250317T060000Z",
    ]
    assert (found[0], found[-2], found[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert found.count("BEGIN:VEVENT") == found.count("END:VEVENT") == 2


def test_lines_are_folded_between_characters_at_75_octets(terms):
    long = replace(terms, title=Text(ko="가상의 아주 긴 제목, " * 20, en="A title; with signs\\ " * 20))
    for language in ("ko", "en"):
        made = calendar(long, language=language, url="https://naru.example/", stamped_at=AT)
        assert max(len(line) for line in made.split(b"\r\n")) <= 75
        assert [line.decode() for line in made.split(b"\r\n")]  # every line is whole UTF-8
    assert "\\, " in "".join(lines(long))
    assert "\\; with signs\\\\ " in "".join(lines(long, "en"))


def test_an_amendment_moves_the_event_of_the_same_name(terms):
    assert "SEQUENCE:0" in lines(terms)
    amended = replace(terms, version=3, amendment=Amendment(reason="연장", actor="기관", date=AT.date()))
    assert "SEQUENCE:2" in lines(amended)


def two_rounds(terms):
    opens = datetime(2025, 5, 1, 0, 0, tzinfo=UTC)
    later = Round(
        id="2",
        opens_at=opens,
        closes_at=(Instant(at=opens + timedelta(days=9), printed="5월 10일"),),
        seats=40,
    )
    (track,) = terms.tracks
    return replace(terms, tracks=(Track(id=track.id, rounds=(*track.rounds, later)),))


@pytest.mark.requirement("C-07")
def test_every_round_stands_on_the_call_s_page(client, operator, terms, at, monkeypatch):
    """An extra round is shown beside the first, each with its own intake, seats and state."""
    from naru.portal.calls.actions import publish

    publish(by=operator, at=at, terms=two_rounds(terms))
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 4, 1, tzinfo=UTC))
    context = client.get("/calls/2025-npu/").context
    assert [(one.round.id, one.state, one.round.seats) for one in context["rounds"]] == [
        ("1", "over", 200),
        ("2", "coming", 40),
    ]
    assert context["now"].round.id == "2"
    assert [row.seats for row in context["now"].products] == [24, 12, 4]


def test_the_calendar_is_a_download(client, call):
    answer = client.get("/calls/2025-npu/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="2025-npu.ics"'
    assert b"URL:http://testserver/calls/2025-npu/" in answer.content
    assert client.get("/calls/nothing/calendar.ics").status_code == 404


def test_the_call_s_page_says_what_a_company_needs(
    client, call, at, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(clock, "now", lambda: at)
    with django_assert_max_num_queries(8):
        page = client.get("/calls/2025-npu/").content.decode()
    wanted = (
        "2025년 3월 17일(월) 15:00",
        "코엑스",
        "kaitcloud@kait.or.kr",
        "50점",
        "과락 점수는 없습니다",
        "설문과 성과조사",
        "/calls/2025-npu/form/1-2.hwpx",
        "calendar.ics",
        "접수 중",
    )
    assert [words for words in wanted if words not in page] == []
