"""What may be done in evaluation: pledge, declare conflicts, assign, replace, score, close."""

from naru.portal.evaluation.actions.again import assign_again, close_again
from naru.portal.evaluation.actions.leaving import replace_reviewer
from naru.portal.evaluation.actions.objecting import decide_objection, file_objection, show_pool
from naru.portal.evaluation.actions.panels import (
    assign,
    assign_panels,
    close,
    remove_assignment,
    replace,
)
from naru.portal.evaluation.actions.people import (
    declare_conflict,
    declare_interests,
    declare_relation,
    end_relation,
    pledge,
)
from naru.portal.evaluation.actions.pool import (
    Details,
    correct_expertise,
    enter_reviewer,
    import_reviewers,
)
from naru.portal.evaluation.actions.reading import open_document
from naru.portal.evaluation.actions.reminding import remind_reviewers
from naru.portal.evaluation.actions.reopening import reopen_seat
from naru.portal.evaluation.actions.sheets import finalise_sheet, revise_sheet, save_sheet

__all__ = [
    "Details",
    "assign",
    "assign_again",
    "assign_panels",
    "close",
    "close_again",
    "correct_expertise",
    "decide_objection",
    "declare_conflict",
    "declare_interests",
    "declare_relation",
    "end_relation",
    "enter_reviewer",
    "file_objection",
    "finalise_sheet",
    "import_reviewers",
    "open_document",
    "pledge",
    "remind_reviewers",
    "remove_assignment",
    "reopen_seat",
    "replace",
    "replace_reviewer",
    "revise_sheet",
    "save_sheet",
    "show_pool",
]
