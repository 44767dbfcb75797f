"""The briefing and the closings as a calendar file (iCalendar, RFC 5545), for everybody's own calendar."""

from collections.abc import Iterator
from datetime import UTC, datetime

from naru.domain.call import Call
from naru.domain.terms import Text

OCTETS = 75  # longest line; what follows goes on the next one after a blank


def calendar(terms: Call, *, language: str, url: str, stamped_at: datetime) -> bytes:
    """A call's calendar in a language; `url` is its page, `stamped_at` when the version was published."""

    def said(text: Text) -> str:
        return text.ko if language == "ko" else text.en

    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//naru//calls//KO", "CALSCALE:GREGORIAN"]
    for uid, title, at, place in _events(terms):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uid}@{terms.id}",
            f"DTSTAMP:{_utc(stamped_at)}",
            f"SEQUENCE:{terms.version - 1}",
            f"DTSTART:{_utc(at)}",
            f"SUMMARY:{_escaped(f'{said(title)}: {said(terms.title)}')}",
            *([f"LOCATION:{_escaped(said(place))}"] if place else []),
            f"URL:{url}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(said(title))}",
            "TRIGGER:-P1D",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _events(terms: Call) -> Iterator[tuple[str, Text, datetime, Text | None]]:
    if terms.briefing:
        yield (
            "briefing",
            Text(ko="사업 설명회", en="Briefing"),
            terms.briefing.starts_at,
            terms.briefing.place,
        )
    for track in terms.tracks:
        for one in track.rounds:
            for number, closing in enumerate(one.closes_at, start=1):
                title = Text(ko=f"{one.id}차 접수 마감", en=f"Intake {one.id} closes")
                yield f"closing-{track.id}-{one.id}-{number}", title, closing.at, None


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets and its continuations; a character is never cut in two."""
    folded, room = b"", OCTETS
    for character in line:
        octets = character.encode()
        if len(octets) > room:
            folded, room = folded + b"\r\n ", OCTETS - 1
        folded, room = folded + octets, room - len(octets)
    return folded + b"\r\n"
