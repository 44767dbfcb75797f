"""Which tests share something dear to make: one worker runs them, one after the other, and makes it once.

xdist's own `xdist_group` marks say nothing under pytest 9.2, which keeps a node's name elsewhere than
xdist 3.8 writes the group to; the scheduler here reads the group from the file's place.
"""

from xdist.scheduler import LoadGroupScheduling

GROUPS = {"tests/demo/": "the year", "tests/cli/test_demo.py": "the small year"}


def group_of(nodeid):
    """The group of a test, or its own name."""
    return next((group for place, group in GROUPS.items() if nodeid.startswith(place)), nodeid)


class Together(LoadGroupScheduling):
    """One unit of work per group; the larger groups are begun first, so that no worker ends alone."""

    def _split_scope(self, nodeid):
        return group_of(nodeid)
