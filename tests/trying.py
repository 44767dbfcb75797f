"""What a refill must keep, checked by trying: a server for each, the sector rule."""

from fractions import Fraction


def fits(chosen, free):
    """Whether each can have its own server, by trying."""
    if not chosen:
        return True
    head, *tail = chosen
    for group in head.allowed:
        if free[group]:
            left = [count - (place == group) for place, count in enumerate(free)]
            if fits(tail, left):
                return True
    return False


def keeps_bound(chosen, bound, holders, seats):
    publics = sum(entry.sector == bound.group for entry in chosen)
    if not publics or bound.reading == "none":
        return True
    total = seats if bound.reading == "quota" else holders[0] + len(chosen)
    part = Fraction(holders[1] + publics, total)
    return part < bound.share if bound.op == "<" else part <= bound.share
