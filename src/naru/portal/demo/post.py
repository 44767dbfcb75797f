"""The post: what an act's people were mailed, sent by the worker's own actions at the end of the act."""

from naru.portal.demo.year import Year
from naru.portal.mail import actions, posting, queries

BATCH = 200  # one file of mails each


def deliver(year: Year) -> None:
    """Send the mails that wait, at the last instant played; into files, for nobody here has a mailbox."""
    at = year.player.latest
    while at is not None and queries.due(at).exists():
        mails = year.player.play(actions.take, at=at, by=None, limit=BATCH)
        year.player.play(actions.settle, at=at, by=None, outcomes=list(posting.send(mails)))
