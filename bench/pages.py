"""Server time and queries of every GET page at 10 and 1,000 rows, each as the person it costs most.

    python bench/pages.py [--rows 10,1000] [--runs 3] [--only NAME ...] [--sql]

Its data are the small world of the tests (`tests/small_world.py`), its one award copied as often as said, in
an SQLite database in memory. A time is the median of the runs after one that warms the caches: the whole
request through every middleware, without the network. `--sql` prints what the pages named by `--only` ask
the database instead. Never a test: a machine's speed is no rule.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT / "tests" / "portal")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal_settings"

import django  # noqa: E402 - the settings are named first
import portal_settings  # noqa: E402

portal_settings.INSTALLED_APPS.remove("zeal")  # the tests' guard against N+1 queries slows every page
portal_settings.MIDDLEWARE.remove("zeal.middleware.zeal_middleware")
from django.conf import settings  # noqa: E402

django.setup()

from django.db import connection, reset_queries  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment  # noqa: E402
from every_page import addresses, busy, people  # noqa: E402
from many_rows import multiply  # noqa: E402
from seated import SeatedClient  # noqa: E402
from small_world import World  # noqa: E402

SLOW = 300  # milliseconds


def clients(world):
    """Everybody who may come, logged in: name -> client."""
    found = {}
    for who, user in people(world).items():
        found[who] = SeatedClient()
        if user is not None:
            found[who].force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return found


def opened(client, address):
    """Milliseconds, queries and whether the page was shown."""
    reset_queries()  # the log holds 9,000
    with CaptureQueriesContext(connection) as queries:
        before = time.perf_counter()
        answer = client.get(address)
        answer.close()
        taken = (time.perf_counter() - before) * 1000
    return taken, queries.captured_queries, answer.status_code == 200


def dearest(crowd, pages):
    """Page name -> who of those who may open it makes the most queries."""
    found = {}
    for name, address in pages:
        for who, client in crowd.items():
            _taken, queries, shown = opened(client, address)
            if shown and len(queries) > found.get(name, (-1, ""))[0]:
                found[name] = (len(queries), who)
    return {name: who for name, (_count, who) in found.items()}


def measured(crowd, pages, whose, runs):
    """Page name -> (median milliseconds, queries)."""
    found = {}
    for name, address in pages:
        if name in whose:
            client = crowd[whose[name]]
            opened(client, address)
            several = [opened(client, address) for _run in range(runs)]
            found[name] = (statistics.median(one[0] for one in several), len(several[-1][1]))
    return found


def table(whose, few, many, sizes):
    """The slowest first; `!` marks what is over 300 ms."""
    print(f"| page | as | queries | {sizes[0]} rows, ms | {sizes[1]} rows, ms | ratio |")
    print("|---|---|---:|---:|---:|---:|")
    for name, (taken, queries) in sorted(many.items(), key=lambda item: -item[1][0]):
        before, asked = few[name]
        count = str(queries) if queries == asked else f"{asked} -> {queries} !"
        mark = " !" if taken > SLOW else ""
        print(
            f"| {name} | {whose[name]} | {count} | {before:.0f} | {taken:.0f}{mark} | {taken / before:.1f} |"
        )


def told(crowd, pages, whose):
    """What each page asks the database, for whoever wants fewer queries."""
    for name, address in pages:
        if name in whose:
            _taken, queries, _shown = opened(crowd[whose[name]], address)
            print(f"\n{name} {address} as {whose[name]}: {len(queries)}")
            for number, query in enumerate(queries, 1):
                print(f"{number:3} {query['sql'][:240]}")


def main():
    """Build the world, multiply it, print the table."""
    said = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    said.add_argument("--rows", default="10,1000")
    said.add_argument("--runs", type=int, default=3)
    said.add_argument("--only", nargs="*", default=[])
    said.add_argument("--sql", action="store_true")
    asked = said.parse_args()
    few, many = (int(size) for size in asked.rows.split(","))
    setup_test_environment()
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="naru-bench-")
    setup_databases(verbosity=0, interactive=False)
    world = busy(World(), settings)
    pages = [page for page in addresses(world) if not asked.only or page[0] in asked.only]
    crowd = clients(world)
    multiply(world, few)
    whose = dearest(crowd, pages)
    if asked.sql:
        told(crowd, pages, whose)
        return
    at_few = measured(crowd, pages, whose, asked.runs)
    multiply(world, many - few, first=few)
    table(whose, at_few, measured(crowd, pages, whose, asked.runs), (few, many))


if __name__ == "__main__":
    main()
