"""The application (이용신청서) as the selection sees it: who, what, which sheets, which servers fit."""

from dataclasses import dataclass
from datetime import datetime

from naru.domain.scoring import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One admissible application.

    `claimed` and `evidenced` are bonus ids; `vendors` can support the model (R-02), `clouds` stand in the
    order preferred; `persons` are keys of people or units behind it, used for a warning only;
    `submitted_at` decides under the duplicates policy "latest".
    """

    id: str
    unit: str
    sector: str
    product: str
    sheets: tuple[Sheet, ...]
    claimed: tuple[str, ...] = ()
    evidenced: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    clouds: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    submitted_at: datetime | None = None
