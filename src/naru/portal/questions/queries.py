"""Reading questions: the list everybody reads, what is published, one's own, and the desk's queue."""

from django.db.models import Max, Q, QuerySet

from naru.portal.accounts.models import User
from naru.portal.questions.models import FaqEntry, Question


def entries(*, text: str = "", topic: str = "", retired: bool = False) -> QuerySet[FaqEntry]:
    """Entries in their order, narrowed to a topic and to every word of a search; retired ones on request."""
    found = FaqEntry.objects.select_related("call")
    if not retired:
        found = found.filter(retired_at=None)
    if topic:
        found = found.filter(topic=topic)
    for word in text.split():
        found = found.filter(
            Q(question_ko__icontains=word)
            | Q(question_en__icontains=word)
            | Q(answer_ko__icontains=word)
            | Q(answer_en__icontains=word)
            | Q(clauses__icontains=word)
        )
    return found


def next_place() -> int:
    """A place after every entry."""
    return int(FaqEntry.objects.aggregate(last=Max("place"))["last"] or 0) + 10


def published() -> QuerySet[Question]:
    """What everybody may read, the latest answer first."""
    return Question.objects.exclude(published_at=None).order_by("-published_at", "-pk")


def own(user: User) -> QuerySet[Question]:
    """What a person asked, the latest first."""
    return Question.objects.filter(asker=user)


def waiting() -> QuerySet[Question]:
    """The desk's queue: unanswered, the oldest first."""
    return Question.objects.filter(answered_at=None).select_related("asker").order_by("asked_at", "pk")


def readable(user: User | None) -> QuerySet[Question]:
    """What a person may open: the published, one's own, and everything for operators and auditors."""
    rows = Question.objects.select_related("call", "asker", "entry")
    if user is not None and user.has_role("operator", "auditor"):
        return rows
    mine = Q(asker=user) if user is not None else Q(pk=None)
    return rows.filter(~Q(published_at=None) | mine)
