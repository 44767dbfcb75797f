"""Panels at 100 / 500 / 1,000 applications of three products, 40 reviewers, three sheets each.

    python bench/panels.py

Each reviewer knows two of five fields, one pair in twenty may not meet. The median of five runs is printed,
with how even the work is, how many seats lie outside expertise and circle, and how many are lacking.
"""

import random
import statistics
import time
from collections import Counter

from naru.domain.panel import Fit, panels

SIZES = (100, 500, 1_000)
REVIEWERS = [f"reviewer-{number:02}" for number in range(40)]
FIELDS = ("vision", "language", "generation", "analysis", "other")
PRODUCTS = ("npu-60", "npu-120", "npu-240")
RUNS = 5


def main():
    print(
        "| applications | panels, s | lightest and heaviest | outside expertise | outside circle | lacking |"
    )
    print("|---:|---:|---:|---:|---:|---:|")
    for size in SIZES:
        chance = random.Random(size)
        rows = [f"2025-npu-{number:05}" for number in range(size)]
        fit = Fit(
            products={row: chance.choices(PRODUCTS, (6, 3, 1))[0] for row in rows},
            fields={row: [chance.choice(FIELDS)] for row in rows},
            expertise={who: chance.sample(FIELDS, 2) for who in REVIEWERS},
        )
        barred = {(row, who) for row in rows for who in REVIEWERS if chance.random() < 0.05}
        spent = []
        for _run in range(RUNS):
            begun = time.perf_counter()
            found = panels(rows, REVIEWERS, per_application=3, conflicts=barred, fit=fit)
            spent.append(time.perf_counter() - begun)
        load = Counter(who for _row, who in found.pairs)
        work = f"{min(load.values())} and {max(load.values())}"
        lacking = sum(found.lacking.values())
        print(
            f"| {size:,} | {statistics.median(spent):.2f} | {work} | {found.strange} of {len(found.pairs)} "
            f"| {found.away} | {lacking} |"
        )


if __name__ == "__main__":
    main()
