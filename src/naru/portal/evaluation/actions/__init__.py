"""What may be done in evaluation: pledge, declare conflicts, assign, replace, score, close."""

from naru.portal.evaluation.actions.panels import (
    assign,
    assign_panels,
    close,
    remove_assignment,
    replace,
)
from naru.portal.evaluation.actions.people import declare_conflict, pledge
from naru.portal.evaluation.actions.sheets import finalise_sheet, revise_sheet, save_sheet

__all__ = [
    "assign",
    "assign_panels",
    "close",
    "declare_conflict",
    "finalise_sheet",
    "pledge",
    "remove_assignment",
    "replace",
    "revise_sheet",
    "save_sheet",
]
