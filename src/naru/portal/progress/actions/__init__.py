"""What may be done in progress: monthly reports, reason statements, checks, surveys, restriction cases."""

from naru.portal.progress.actions.cases import decide_case, notice_case, state_opinion
from naru.portal.progress.actions.checks import decide_check, submit_check
from naru.portal.progress.actions.reports import report_month, state_reason
from naru.portal.progress.actions.surveys import answer_survey

__all__ = [
    "answer_survey",
    "decide_case",
    "decide_check",
    "notice_case",
    "report_month",
    "state_opinion",
    "state_reason",
    "submit_check",
]
