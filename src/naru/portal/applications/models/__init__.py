"""Rows of an application, one module per subject; every other room imports them from here."""

from naru.portal.applications.models.application import Application
from naru.portal.applications.models.content import Kpi, ModelUse, PlanAnswer
from naru.portal.applications.models.documents import EvidenceDocument, StoredFile, generated_name
from naru.portal.applications.models.exports import SheetExport
from naru.portal.applications.models.receipts import LateException, Receipt, ReceiptKey
from naru.portal.applications.models.words import ConsentAnswer, Declaration, ProfessorConfirmation

__all__ = [
    "Application",
    "ConsentAnswer",
    "Declaration",
    "EvidenceDocument",
    "Kpi",
    "LateException",
    "ModelUse",
    "PlanAnswer",
    "ProfessorConfirmation",
    "Receipt",
    "ReceiptKey",
    "SheetExport",
    "StoredFile",
    "generated_name",
]
