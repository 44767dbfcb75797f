"""The survey and outcome investigation (설문과 성과조사): answered once by the awardee (P-05)."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from naru.domain.periods import day_in
from naru.portal.accounts.models import User
from naru.portal.allocation.models import Award
from naru.portal.audit.actions import fingerprint, record
from naru.portal.progress import queries, questions, refusals
from naru.portal.progress.models import Survey


@transaction.atomic
def answer_survey(*, by: User, at: datetime, award: Award, answers: Mapping[str, questions.Answer]) -> Survey:
    """Answer every question of the survey, by its id; late is better than never, twice is not taken.

    Refused to anybody but the awardee, where no server was handed over, before the last day of use, and for
    answers that do not fit their questions.
    """
    award = queries.award_for_act(award)
    terms = queries.terms_of(award.call)
    if not queries.is_awardee(by, award):
        raise refusals.not_the_awardee()
    window = queries.survey_days(award, terms)
    if window is None:
        raise refusals.survey_not_owed(award.state)
    if day_in(terms.zone, at) < window[0]:
        raise refusals.survey_too_early(window[0])
    if Survey.objects.filter(award=award).exists():
        raise refusals.survey_answered()
    if wrong := questions.unfit(answers):
        raise refusals.answers_unfit(wrong)
    kept = {question.id: _tidy(answers[question.id]) for question in questions.QUESTIONS}
    survey = Survey.objects.create(award=award, answers=kept, answered_by=by, answered_at=at)
    facts = {
        "award": award.pk,
        "due": window[1].isoformat(),
        "answers": fingerprint(json.dumps(kept, ensure_ascii=False, sort_keys=True)),
    }
    record(
        by=by, at=at, action="progress.answer_survey", subject=survey, facts=facts, call_id=award.call.slug
    )
    return survey


def _tidy(answer: questions.Answer) -> questions.Answer:
    return answer.strip() if isinstance(answer, str) else answer
