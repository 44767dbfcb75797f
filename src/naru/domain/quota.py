"""Quotas (상품별 모집 규모): seats by product from shares, and where unfilled seats could flow (C-04).

Quotas are frozen before scores are opened; a spill-over of unfilled seats is only ever a proposal that a
person confirms.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def largest_remainder(seats: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole seats by share, remainders to the largest; ties to the larger share, then to the earlier.

    200 seats at 3/5, 3/10, 1/10 are 120, 60, 20. Raises ValueError unless the shares sum to 1.
    """
    if seats < 0:
        raise ValueError(f"seats: {seats} is negative")
    if sum(shares, Fraction(0)) != 1:
        raise ValueError("share: the products' shares must sum to 1")
    exact = [seats * share for share in shares]
    whole = [part.numerator // part.denominator for part in exact]
    left = seats - sum(whole)
    neediest = sorted(range(len(shares)), key=lambda i: (whole[i] - exact[i], -shares[i], i))
    for index in neediest[:left]:
        whole[index] += 1
    return tuple(whole)


def water_filling(quotas: Mapping[str, int], demand: Mapping[str, int]) -> dict[str, int]:
    """The seats each product would have if seats without demand flowed on in the old proportion.

    `demand` is admissible demand: how many could be admitted under the sector rule were seats unlimited.
    Quotas 120 / 60 / 20 with demand 400 / 100 / 5 give 130 / 65 / 5. Seats nobody asks for stay out.
    """
    left = sum(quotas.values())
    open_products = [key for key in quotas if quotas[key] > 0]
    filled = dict.fromkeys(quotas, 0)
    while open_products:
        weight = sum(quotas[key] for key in open_products)
        sated = [key for key in open_products if left * quotas[key] >= demand[key] * weight]
        if not sated:
            shares = [Fraction(quotas[key], weight) for key in open_products]
            filled.update(zip(open_products, largest_remainder(left, shares), strict=True))
            break
        for key in sated:
            filled[key] = demand[key]
        left -= sum(demand[key] for key in sated)
        open_products = [key for key in open_products if key not in sated]
    return filled
