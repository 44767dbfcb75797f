"""Reading progress: awards for an act, the clock of stages, what is owed, the wall, checks and cases."""

from naru.portal.progress.queries.acts import (
    award_for_act,
    case_for_act,
    case_value,
    check_for_act,
    check_opens,
    ground_on_record,
    kpi_value,
    kpis_of,
    months_of_use,
    proposal,
    terms_of,
)

__all__ = [
    "award_for_act",
    "case_for_act",
    "case_value",
    "check_for_act",
    "check_opens",
    "ground_on_record",
    "kpi_value",
    "kpis_of",
    "months_of_use",
    "proposal",
    "terms_of",
]
