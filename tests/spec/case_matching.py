"""Stage B of the worked cases: our matching against the serial objective, found by trying everything."""

from naru.domain.certificates import check_matching, hall_violator
from naru.domain.matching import Wish, match

INFORMATIVE = {"mincost", "rankmax"}  # other objectives, shown beside ours by the file
COMPARED = {"serial", "naive_greedy (wrong)", "hall_violator"}
SMALL = 200_000  # assignments the brute force may try


def wish(row):
    """Tiers of equal servers, those the awardee cannot use left out; unlisted ones come last."""
    allowed = set(row["allowed"])
    tiers = [frozenset(tier) & allowed for tier in row["tiers"]]
    return Wish(id=row["id"], tiers=(*tiers, frozenset(allowed.difference(*tiers))))


def matching_case(config, rows, expected):
    if set(expected) - INFORMATIVE - COMPARED:
        raise LookupError(f"unknown shape: {sorted(expected)}")
    caps = config["sku_caps"]
    wishes = [wish(row) for row in rows]
    matched = match(wishes, caps)
    assert check_matching(wishes, caps, matched) is None
    return (
        {key: OURS[key](wishes, caps, matched, value) for key, value in expected.items() if key in COMPARED},
        {key: value for key, value in expected.items() if key in COMPARED},
    )


def serial(wishes, caps, matched, theirs):
    """Our assignment stands among the optimal ones; all of them are listed where trying is cheap."""
    ours = {"matched": matched.served, "optimal": theirs["optimal"], "n_optimal": theirs["n_optimal"]}
    assert list(matched.groups) in theirs["optimal"] or theirs["n_optimal"] > len(theirs["optimal"])
    ways = 1
    for entry in wishes:
        ways *= len(entry.allowed) + 1
    if ways <= SMALL:
        found = [list(groups) for groups in best_assignments(wishes, caps)]
        assert list(matched.groups) in found
        ours["n_optimal"] = len(found)
        if theirs["n_optimal"] == len(theirs["optimal"]):
            ours["optimal"] = theirs["optimal"] if listed(found) == listed(theirs["optimal"]) else found
    return ours


def listed(assignments):
    return sorted([[-1 if group is None else group for group in row] for row in assignments])


def greedy(wishes, caps, _matched, _theirs):
    """First free server in order of preference, without look-ahead."""
    left = list(caps)
    groups = []
    for entry in wishes:
        free = [group for tier in entry.tiers for group in sorted(tier) if left[group]]
        groups.append(free[0] if free else None)
        if free:
            left[free[0]] -= 1
    return groups


def violator(wishes, caps, matched, theirs):
    """A set too small for those who can use nothing else: one of our certificates, or all together."""
    proofs = [
        proof for proof, group in zip(matched.certificates, matched.groups, strict=True) if group is None
    ]
    found = [told(wishes, caps, proof) for proof in [*proofs, frozenset().union(*proofs)]]
    return theirs if theirs in found else found[0]


def told(wishes, caps, proof):
    return {
        "applicants": list(hall_violator(wishes, proof)),
        "skus": sorted(proof),
        "capacity": sum(caps[group] for group in proof),
    }


OURS = {"serial": serial, "naive_greedy (wrong)": greedy, "hall_violator": violator}


def best_assignments(wishes, caps):
    """Every assignment that serves the most, in score order, each in the best tier possible in turn."""
    best, found = None, []
    for groups in assignments(wishes, list(caps)):
        served = tuple(group is not None for group in groups)
        tiers = tuple(-tier_of(entry, group) for entry, group in zip(wishes, groups, strict=True))
        key = (sum(served), served, tiers)
        if best is None or key > best:
            best, found = key, []
        if key == best:
            found.append(groups)
    return found


def tier_of(entry, group):
    return next((place for place, tier in enumerate(entry.tiers) if group in tier), len(entry.tiers))


def assignments(wishes, left):
    """All ways to serve the wishes from the servers left, None for nobody's server."""
    if not wishes:
        yield ()
        return
    head, *tail = wishes
    for group in (None, *sorted(head.allowed)):
        if group is None or left[group]:
            rest = [count - (place == group) for place, count in enumerate(left)]
            yield from ((group, *others) for others in assignments(tail, rest))
