"""What may be done to an application: start, save, attach, submit, withdraw, confirm; and to its files."""

from naru.portal.applications.actions.confirmation import (
    ask_professor,
    change_professor,
    confirm_student,
    decline_student,
)
from naru.portal.applications.actions.consents import withdraw_consent
from naru.portal.applications.actions.documents import attach_document, date_document, remove_document
from naru.portal.applications.actions.draft import save_answers, save_section
from naru.portal.applications.actions.exception import confirm_exception, grant_exception
from naru.portal.applications.actions.starting import PublicEntry, start, start_public
from naru.portal.applications.actions.status_sheet import export_status_sheet
from naru.portal.applications.actions.stored_files import remove_unneeded_files, rescan_file
from naru.portal.applications.actions.submission import submit, withdraw

__all__ = [
    "PublicEntry",
    "ask_professor",
    "attach_document",
    "change_professor",
    "confirm_exception",
    "confirm_student",
    "date_document",
    "decline_student",
    "export_status_sheet",
    "grant_exception",
    "remove_document",
    "remove_unneeded_files",
    "rescan_file",
    "save_answers",
    "save_section",
    "start",
    "start_public",
    "submit",
    "withdraw",
    "withdraw_consent",
]
