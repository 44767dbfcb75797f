"""Mail to everybody concerned when a round's close moves, written with the act."""

from datetime import datetime
from typing import Literal

from naru.portal.calls import audience
from naru.portal.calls.models import Call, CallVersion
from naru.portal.mail import outbox

Move = Literal["extended", "ended_early"]


def tell(
    call: Call, version: CallVersion, round_id: str, closes_at: datetime, move: Move, *, at: datetime
) -> int:
    """Put one mail per reader into the outbox, none twice for a version; how many there are."""
    context = {"call": call, "version": version, "closes_at": closes_at, "move": move}
    return outbox.put_many(
        [
            outbox.Letter(
                to=email,
                language=language,
                name="calls/close_moved",
                context=context,
                about=call,
                key=f"close:{call.slug}:{round_id}:{version.number}:{email}"[:128],
            )
            for email, language in audience.readers(call, round_id)
        ],
        at=at,
    )
