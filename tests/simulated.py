"""Simulated applications for a selection: the same ones for the same number, no real name in them."""

import random

from naru.domain.application import Application
from naru.domain.matching import ServerGroup
from naru.domain.scoring import Sheet

VENDORS = ("vendor-a", "vendor-b", "vendor-c")
CLOUDS = ("cloud-x", "cloud-y")


def applications(call, count, *, seed=1, reviewers=7, publics=0.5):
    """`count` applications spread over the call's products; some with a bonus, some without a vendor."""
    chance = random.Random(seed)  # noqa: S311 - the same data for the same number
    products = [resource.id for resource in call.resources]
    weights = [int(resource.share * 10) for resource in call.resources]
    return tuple(
        Application(
            id=f"{call.id}-{number:05d}",
            unit=f"unit:{chance.randrange(10**9)}-{number}",
            sector="public" if chance.random() < publics else "private",
            product=chance.choices(products, weights)[0],
            sheets=tuple(
                sheet(call, chance, f"r{r}")
                for r in chance.sample(range(reviewers), chance.choice((3, 5, 6)))
            ),
            claimed=("youth",) if chance.random() < 0.3 else (),
            evidenced=("youth",) if chance.random() < 0.7 else (),
            vendors=tuple(sorted(chance.sample(VENDORS, chance.choice((0, 1, 1, 2, 3))))),
            clouds=tuple(chance.sample(CLOUDS, chance.choice((0, 1, 2)))),
        )
        for number in range(count)
    )


def sheet(call, chance, reviewer):
    return Sheet(
        reviewer=reviewer,
        points={
            criterion.id: min(criterion.points, round(criterion.points * chance.uniform(0.4, 1.1)))
            for criterion in call.criteria
        },
    )


def capacities(call, each):
    """`each` servers of every product at every vendor and cloud, vendor-c being short by one."""
    return tuple(
        ServerGroup(
            product=resource.id, vendor=vendor, cloud=cloud, capacity=max(0, each - (vendor == "vendor-c"))
        )
        for resource in call.resources
        for vendor in VENDORS
        for cloud in CLOUDS
    )
