"""The entries of a data file as the action takes them."""

from naru.codec.faq import FaqFile
from naru.portal.questions.actions import EntryContent

STEP = 10


def contents(file: FaqFile) -> list[EntryContent]:
    """Every entry of a file, ten apart, so that others fit between."""
    return [
        EntryContent(
            topic=entry.topic,
            place=number * STEP,
            question_ko=entry.question.ko,
            question_en=entry.question.en,
            answer_ko=entry.answer.ko,
            answer_en=entry.answer.en,
            clauses=tuple(entry.clauses),
        )
        for number, entry in enumerate(file.entries, start=1)
    ]
