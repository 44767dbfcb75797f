"""The terms of an agreement (협약), computed from the call in force, and their hash."""

import json
from dataclasses import asdict
from typing import Any

from naru.domain.agreement import articles
from naru.domain.handover import agreement_clauses
from naru.portal.allocation.models import Award
from naru.portal.audit.actions import fingerprint
from naru.portal.calls.queries import current, terms


def agreement_terms(award: Award) -> dict[str, Any]:
    """What an awardee signs: parties by code, the call version, the articles and the clauses behind them."""
    version = current(award.call)
    call = terms(version)
    return {
        "schema": 1,
        "call": award.call.slug,
        "version": version.number,
        "call_sha256": version.sha256,
        "application": award.application.number,
        "product": award.product,
        "vendor": award.vendor.code,
        "cloud": award.cloud.code,
        "articles": [asdict(article) for article in articles(call, award.product)],
        "clauses": [asdict(clause) for clause in agreement_clauses(call)],
    }


def terms_hash(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of the terms as canonical JSON."""
    return fingerprint(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
