"""What an inspection gathers: reasons, notes, and the text that is searched for numbers and dates."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from naru.documents.dates import dates_in
from naru.documents.residents import resident_numbers

MAX_TEXT = 20_000_000  # characters searched in one file
MAX_PLACES = 8  # places named in a reason


@dataclass(slots=True, kw_only=True)
class Report:
    """The findings of one file, filled by the reader of its kind."""

    kind: str
    today: date
    reasons: dict[str, dict[str, object]] = field(default_factory=dict)
    notes: dict[str, dict[str, object]] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    chars: int = 0

    def refuse(self, code: str, **facts: object) -> None:
        """Add a reason; the first of a code keeps its facts."""
        self.reasons.setdefault(code, facts)

    def note(self, code: str, **facts: object) -> None:
        """Add what a person should know and that decides nothing."""
        self.notes.setdefault(code, facts)

    def text(self, place: str, words: str) -> None:
        """Add text to be searched; `place` is shown to the applicant (a page, a sheet, "metadata")."""
        self.chars += len(words)
        if self.chars > MAX_TEXT:
            self.refuse("text_unread", kind=self.kind)
        elif words:
            self.texts.append((place, words))

    def data(self) -> dict[str, Any]:
        """The report as JSON data, after the text was searched."""
        self._search_residents()
        dates = dates_in("\n".join(words for place, words in self.texts if place != "metadata"))
        return {
            "reasons": list(self.reasons.items()),
            "notes": list(self.notes.items()),
            "dates": [(name, value.isoformat(), words) for name, value, words in dates],
        }

    def _search_residents(self) -> None:
        found: set[str] = set()
        places: dict[str, None] = {}
        for place, words in self.texts:
            numbers = resident_numbers(words, today=self.today)
            if numbers:
                found |= numbers
                places[place] = None
        if found:
            shown = ", ".join(list(places)[:MAX_PLACES])
            self.refuse("file_resident_number", count=len(found), places=shown)
