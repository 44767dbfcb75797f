"""What may be done in selection and matching: propose, confirm by two persons, publish later, match."""

from naru.portal.selection.actions.matching import confirm_matching, enter_capacity, run_matching
from naru.portal.selection.actions.runs import confirm, propose, publish

__all__ = ["confirm", "confirm_matching", "enter_capacity", "propose", "publish", "run_matching"]
