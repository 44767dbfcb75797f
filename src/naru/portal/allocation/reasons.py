"""What the waiting list is told after a refill: one sentence and clause per code of `naru.domain.refill`."""

from naru.domain.terms import Text

OFFERED = "OFFERED"
_REASONS: dict[str, tuple[str, Text]] = {
    OFFERED: (
        "L-03",
        Text(ko="빈 서버가 있어 충원합니다.", en="A server is free and the place is offered."),
    ),
    "SKIPPED_INCOMPATIBLE": (
        "R-07",
        Text(
            ko="남은 서버 가운데 이 모델을 지원하는 것이 없습니다. 대기 순위는 그대로입니다.",
            en="None of the free servers supports the model; the rank is kept.",
        ),
    ),
    "SECTOR_BOUND": (
        "C-05",
        Text(
            ko="지금 충원하면 이 상품의 공공부문이 절반 이상이 됩니다. 대기 순위는 그대로입니다.",
            en="Admitting it now would break the sector rule of the product; the rank is kept.",
        ),
    ),
    "NO_FREE_SERVER": (
        "L-03",
        Text(
            ko="빈 자리가 앞선 순위로 채워졌습니다. 대기 순위는 그대로입니다.",
            en="The free places go to better ranks; the rank is kept.",
        ),
    ),
    "BUDGET": (
        "L-05",
        Text(
            ko="남은 예산으로는 지원 종료까지의 비용을 댈 수 없습니다. 대기 순위는 그대로입니다.",
            en="The budget left does not carry the cost until the end; the rank is kept.",
        ),
    ),
    "MIN_MONTHS": (
        "L-03",
        Text(
            ko="남은 이용 기간이 최소 개월 수보다 짧습니다.",
            en="Fewer months of use are left than a refill needs.",
        ),
    ),
}


def told(code: str) -> tuple[str, Text]:
    """The clause and the sentence of a code; KeyError for a code the refill does not know."""
    return _REASONS[code]
