"""What may be done to an application: start, save, attach, submit, withdraw, confirm."""

from naru.portal.applications.actions.draft import attach_document, save_answers, start
from naru.portal.applications.actions.submission import confirm_student, submit, withdraw

__all__ = ["attach_document", "confirm_student", "save_answers", "start", "submit", "withdraw"]
