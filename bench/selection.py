"""Selection and matching at 1,000 / 10,000 / 100,000 applications, beside `sorted()` of plain key tuples.

    python bench/selection.py

Selection means: merit order (the lottery's draws where needed) and the closed form, from scores that are
ready. The yardstick sorts, in the same run, tuples of the same rows' keys, the draws already made. Both are
timed in turn, five times; medians are printed. Matching serves the same number of awardees from 60 server
groups (10 vendors at 6 clouds, four servers for every five awardees), wishes included.
"""

import random
import statistics
import time
from fractions import Fraction

from naru.domain.application import Application
from naru.domain.assignment import assign
from naru.domain.bound import Bound
from naru.domain.matching import ServerGroup
from naru.domain.ranking import draw, merit_order
from naru.domain.scoring import Score
from naru.domain.selection import Candidate, select
from naru.domain.terms import Matching

SIZES = (1_000, 10_000, 100_000)
RUNS = 5
PARTS = (30, 5, 50, 10, 5)
CRITERIA = ("purpose", "field", "contents", "need", "other")
ORDER = ("score", "contents", "purpose", "need", "field", "other", "lottery")
VENDORS = tuple(f"vendor-{number}" for number in range(10))
CLOUDS = tuple(f"cloud-{number}" for number in range(6))
RULE = Matching(
    mode="serial",
    models_policy="all_models",
    change_of_cloud="allowed",
    change_of_product="never",
    clause="R-07",
)


def scores(count, chance):
    found = {}
    for number in range(count):
        sums = tuple(sum(chance.randint(most // 2, most) for _ in range(5)) for most in PARTS)
        mean = Fraction(sum(sums), 5)
        steps = int(mean * 100)
        found[f"2025-npu-{number:06d}"] = Score(
            steps=steps,
            base_steps=steps,
            pass_steps=steps,
            bonus=Fraction(0),
            mean=mean,
            sums=sums,
            sheets=5,
        )
    return found


def select_all(ready, sectors, seats):
    order = merit_order(ready, order=ORDER, criteria=CRITERIA, seed="seed")
    return select([Candidate(id=key, sector=sectors[key]) for key in order], seats, Bound())


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def bench_selection(count):
    chance = random.Random(count)
    ready = scores(count, chance)
    sectors = {key: chance.choice(("private", "public")) for key in ready}
    keys = [
        (-score.steps, *(-score.sums[CRITERIA.index(key)] for key in ORDER[1:-1]), draw("seed", application))
        for application, score in ready.items()
    ]
    ours, plain = [], []
    for _ in range(RUNS):
        plain.append(timed(lambda: sorted(keys)))
        ours.append(timed(lambda: select_all(ready, sectors, count // 2)))
    mine, yardstick = statistics.median(ours), statistics.median(plain)
    print(f"| {count:>7,} | {mine * 1000:>9.1f} | {yardstick * 1000:>9.1f} | {mine / yardstick:>5.1f} |")


def bench_matching(count):
    chance = random.Random(count)
    groups = [
        ServerGroup(
            product="p", vendor=vendor, cloud=cloud, capacity=int(count / 75 * chance.uniform(0.3, 1.7))
        )
        for vendor in VENDORS
        for cloud in CLOUDS
    ]
    awardees = [
        Application(
            id=f"a{number}",
            unit="",
            sector="private",
            product="p",
            sheets=(),
            vendors=tuple(sorted(chance.sample(VENDORS, chance.choice((1, 1, 2, 2, 3, 4))))),
            clouds=tuple(chance.sample(CLOUDS, chance.randint(1, 6))),
        )
        for number in range(count)
    ]
    served = assign("p", awardees, groups, RULE).matched.served
    seconds = statistics.median(timed(lambda: assign("p", awardees, groups, RULE)) for _ in range(RUNS))
    print(f"| {count:>7,} | {seconds:>9.3f} | {served:>9,} |")


def main():
    print("| applications | selection, ms | sorted(), ms | ratio |\n|---:|---:|---:|---:|")
    for count in SIZES:
        bench_selection(count)
    print("\n| awardees x 60 groups | matching, s | served |\n|---:|---:|---:|")
    for count in SIZES:
        bench_matching(count)


if __name__ == "__main__":
    main()
