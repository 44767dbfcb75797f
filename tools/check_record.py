"""Check a published selection record without naru and without solving anything.

    python check_record.py RECORD.json

Needs Python 3.11 or later and nothing else. A record states who applied with which scores, who was
selected, who waits, who got which server, and proofs. This file only counts and compares: hashes, the
lottery's seed, scores, order, seats, the bound on a sector, that nobody was passed over, that no seat
stayed empty needlessly, and each proof of the matching. Compare the root hash it prints with the one that
was published. Exit 0: all holds; 1: the first thing that does not; 2: no file. To repeat the whole run
instead of checking its proofs: `naru selection verify RECORD.json`.
"""

import hashlib
import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path


class Wrong(Exception):  # noqa: N818 - it reads as the sentence it raises
    """The first thing that does not hold."""


def check(condition, where, what):
    """Go on if the condition holds, else stop and say where and what."""
    if not condition:
        raise Wrong(f"{where}: {what}")


def sha(value):
    """sha256 of a value as canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def no_twins(pairs):
    """Refuse an object in which a key stands twice."""
    check(len(dict(pairs)) == len(pairs), "record", f"a key stands twice among {[key for key, _ in pairs]}")
    return dict(pairs)


def check_hashes(record):
    """Every section has its hash; all hashes together have the root; the call's text has its own."""
    parts = {key: sha(value) for key, value in record.items() if key != "hashes"}
    check(set(record["hashes"]) == {*parts, "root"}, "hashes", "must name every section and the root")
    for key, value in parts.items():
        check(record["hashes"][key] == value, f"hashes.{key}", "the section was changed after hashing")
    check(record["hashes"]["root"] == sha(parts), "hashes.root", "is not the hash of the sections' hashes")
    call = record["call"]
    check(call["hash"] == sha(call["snapshot"]), "call.hash", "is not the hash of the call's text")
    same = (call["id"], call["version"]) == (call["snapshot"]["id"], call["snapshot"]["version"])
    check(same, "call", "id and version are not those of its text")
    seed = hashlib.sha256(record["lottery"]["seed"].encode()).hexdigest()
    check(record["lottery"]["commitment"] == seed, "lottery.seed", "is not the one committed to before")


def check_everyone_once(record):
    """Each application has exactly one ruling, and one place in its product."""
    ids = [entry["id"] for entry in record["applications"]]
    check(len(set(ids)) == len(ids), "applications", "an id stands twice")
    check([entry["id"] for entry in record["rulings"]] == ids, "rulings", "must be one per application")
    products = [entry["id"] for entry in record["call"]["snapshot"]["resources"]]
    check([entry["product"] for entry in record["products"]] == products, "products", "must be the call's")
    listed = [key for product in record["products"] for key in product["selected"] + product["waitlist"]]
    check(len(set(listed)) == len(listed), "products", "somebody stands in two lists")
    for application, ruling in zip(record["applications"], record["rulings"], strict=True):
        where = f"rulings {ruling['id']}"
        check(ruling["product"] == application["product"], where, "another product than applied for")
        inside = ruling["status"] in ("selected", "waiting")
        check(inside == (ruling["id"] in listed), where, f"status {ruling['status']} and the lists disagree")


def rounded(value, step):
    """Whole steps, half up."""
    return int((value / Fraction(step)) + Fraction(1, 2))


def check_score(application, ruling, call):
    """The score from the sheets; returns (steps, steps that count for a pass mark, exact criterion means)."""
    where, scoring = f"rulings {ruling['id']}", call["scoring"]
    points = [review["points"] for review in application["reviews"]]
    most = {criterion["id"]: criterion["points"] for criterion in call["criteria"]}
    for sheet in points:
        check(set(sheet) == set(most), where, "a sheet has other criteria than the call")
        inside = all(type(sheet[key]) is int and 0 <= sheet[key] <= most[key] for key in most)
        check(inside, where, "points out of bounds")
    check(len(points) >= scoring["min_reviews"], where, "too few reviews")
    reviewers = {review["reviewer"] for review in application["reviews"]}
    check(len(reviewers) == len(points), where, "a reviewer twice")
    totals = sorted(sum(sheet.values()) for sheet in points)
    kept = totals[1:-1] if len(totals) >= scoring["trim_from"] else totals
    mean = Fraction(sum(kept), len(kept))
    means = {key: Fraction(sum(sheet[key] for sheet in points), len(points)) for key in most}
    both = set(application["bonus"]["claimed"]) & set(application["bonus"]["evidenced"])
    due = [b for b in call["bonuses"] if b["id"] in both and application["sector"] in b["parties"]]
    total, passing = with_bonus(mean, due), with_bonus(mean, [b for b in due if b["counts_for_min_score"]])
    step = Decimal(scoring["rounding"])
    check(ruling["mean"] == str(mean), where, f"mean {ruling['mean']} is not {mean}")
    check(ruling["bonus"] == str(sum((Fraction(b["points"]) for b in due), Fraction(0))), where, "bonus")
    check(ruling["criteria"] == {key: str(value) for key, value in means.items()}, where, "means of criteria")
    score = str((rounded(total, step) * step).quantize(step))
    check(ruling["score"] == score, where, f"score {ruling['score']} is not {score}")
    return rounded(total, step), rounded(passing, step), means


def with_bonus(mean, due):
    """Bonuses that stop at 100 first, then those that do not."""
    total = mean
    for bonus in sorted(due, key=lambda entry: not entry["clipped_at_total"]):
        raised = total + Fraction(bonus["points"])
        total = min(raised, max(total, Fraction(100))) if bonus["clipped_at_total"] else raised
    return total


def check_order(record, call):
    """Ranks follow score, criterion means and lottery; returns the ranked ids of each product."""
    seed, keys = record["lottery"]["seed"], {}
    mark = record["settings"]["min_score"] or call["selection"].get("min_score")
    least = rounded(Fraction(mark), Decimal(call["scoring"]["rounding"])) if mark else 0
    ranked = {entry["product"]: [] for entry in record["products"]}
    for application, ruling in zip(record["applications"], record["rulings"], strict=True):
        steps, passing, means = check_score(application, ruling, call)
        inside = ruling["status"] in ("selected", "waiting")
        check((ruling["rank"] is not None) == inside, f"rulings {ruling['id']}", "rank and status disagree")
        if ruling["status"] != "duplicate":
            check((passing >= least) == inside, f"rulings {ruling['id']}", "pass mark")
        draw = hashlib.sha256(f"{seed}:{ruling['id']}".encode()).hexdigest()
        parts = [-steps if key == "score" else -means[key] for key in call["selection"]["order"][:-1]]
        keys[ruling["id"]] = (*parts, draw)
        if inside:
            ranked[ruling["product"]].append(ruling)
    for product, rulings in ranked.items():
        rulings.sort(key=lambda ruling: ruling["rank"])
        counted = list(range(1, len(rulings) + 1))
        check([ruling["rank"] for ruling in rulings] == counted, product, "ranks are not 1, 2, 3 ...")
        order = [ruling["id"] for ruling in rulings]
        check(order == sorted(order, key=lambda key: keys[key]), product, "ranks do not follow the scores")
    return ranked


def check_units(record, call):
    """One application per company or professor among those ranked, and nobody else called a duplicate."""
    count = {}
    for application, ruling in zip(record["applications"], record["rulings"], strict=True):
        count.setdefault(application["unit"], []).append(ruling["status"])
    most = {"hold": 1, "latest": 1, "exclude_all": 0}[call["selection"]["duplicates"]]
    for unit, statuses in count.items():
        left = [status for status in statuses if status != "duplicate"]
        check(len(left) == (most if len(statuses) > 1 else 1), unit, "one application per unit")


def largest_remainder(seats, shares):
    """Whole seats by share, remainders to the largest, ties to the larger share."""
    whole = [seats * share // 1 for share in shares]
    order = sorted(range(len(shares)), key=lambda i: (whole[i] - seats * shares[i], -shares[i], i))
    return [int(part) + (i in order[: int(seats - sum(whole))]) for i, part in enumerate(whole)]


def check_seats(record, call):
    """Quotas are the call's shares of the round; a spill-over hands out no more seats than that."""
    rounds = [entry for track in call["tracks"] for entry in track["rounds"]]
    name = record["settings"]["round"] or rounds[0]["id"]
    seats = next(entry["seats"] for entry in rounds if entry["id"] == name)
    shares = [Fraction(resource["share"]) for resource in call["resources"]]
    for product, quota in zip(record["products"], largest_remainder(seats, shares), strict=True):
        check(product["quota"] == quota, product["product"], f"quota {product['quota']} is not {quota}")
        used = product["proposal"] if record["settings"]["spill"] else quota
        check(product["seats"] == used, product["product"], f"seats {product['seats']} are not {used}")
    check(sum(p["seats"] for p in record["products"]) <= seats, "products", "more seats than the round has")


def cap(product, total):
    """The most of the bounded sector among `total`."""
    part = Fraction(product["share"]) * total
    return int(part // 1) if product["op"] == "<=" else max(0, -int(-part // 1) - 1)


def check_choice(product, ranked, entries, settings, call):
    """The bound, no justified envy, no waste, and the cut-offs of one product."""
    where, group, reading = product["product"], product["group"], product["reading"]
    stated = call["constraints"][0] if call["constraints"] else {"base": "none", "hardness": ""}
    ours = {"selected": "ratio", "none": "none", "quota": "quota" if stated["hardness"] == "hard" else "soft"}
    check(reading == (settings["reading"] or ours[stated["base"]]), where, "reading is not the call's")
    said = {**stated, **({"share": settings["share"]} if settings.get("share") else {})}
    same = all(product[key] == said.get(key, product[key]) for key in ("group", "op", "share"))
    check(same, where, "the bound is not the call's")
    taken = [ruling["status"] == "selected" for ruling in ranked]
    bounded = [entries[ruling["id"]]["sector"] == group for ruling in ranked]
    lists = [[r["id"] for r, t in zip(ranked, taken, strict=True) if t is side] for side in (True, False)]
    check(lists == [product["selected"], product["waitlist"]], where, "lists do not follow the ranks")
    waiting = [ruling["waiting"] for ruling in ranked if ruling["waiting"] is not None]
    check(waiting == list(range(1, len(lists[1]) + 1)), where, "waiting places are not 1, 2, 3 ...")
    filled, public = sum(taken), sum(t and b for t, b in zip(taken, bounded, strict=True))
    free, wish = len(ranked) - sum(bounded), sum(bounded)
    seats, base = product["seats"], {"ratio": filled, "quota": product["seats"], "soft": product["seats"]}
    check(product["filled"] == filled == seats - product["empty"] <= seats, where, "filled and empty")
    most = cap(product, base[reading]) if reading != "none" else wish
    check(product["public_cap"] == (most if reading in ("ratio", "quota") else public), where, "public_cap")
    full = reading == "soft" and filled - public == free  # nobody else is left: the seats open up
    check(public <= most or full, where, f"{public} of {group} selected, {most} are allowed")
    for place, ruling in enumerate(ranked):
        if not taken[place]:
            below = [bounded[i] for i in range(place + 1, len(ranked)) if taken[i]]
            passed = bool(below) and not (bounded[place] and public >= most and not any(below))
            check(not passed, where, f"{ruling['id']} was passed over by someone ranked below")
    if filled < seats and filled < len(ranked):  # no waste: one more seat could not have been filled
        need = filled + 1 - min(cap(product, filled + 1 if reading == "ratio" else seats), wish)
        check(reading in ("ratio", "quota") and need > free, where, "a seat stayed empty needlessly")
    for side in (True, False):
        scores = [r["score"] for r, t, b in zip(ranked, taken, bounded, strict=True) if t and b is side]
        cutoff = [value for key, value in product["cutoffs"].items() if (key == group) is side]
        check(all(value == (scores[-1] if scores else None) for value in cutoff), where, "cut-offs")


def check_matching(record, product, selected):
    """Servers are not given out twice, and every proof of an unserved or moved awardee holds."""
    name = product["product"]
    size = {(g["vendor"], g["cloud"]): g["capacity"] for g in record["capacities"] if g["product"] == name}
    wishes = [tiers(application, size) for application, _ in selected]
    proofs = {c["id"]: {(g["vendor"], g["cloud"]) for g in c["groups"]} for c in record["certificates"]}
    places, inside = [], {group: [] for group in size}
    for index, (_, ruling) in enumerate(selected):
        server, where = ruling["server"], f"server of {ruling['id']}"
        check(server is not None, where, "is missing")
        group = None if server["vendor"] is None else (server["vendor"], server["cloud"])
        tier = None if group is None else server["choice"] - 1
        held = group is not None and 0 <= tier < len(wishes[index]) and group in wishes[index][tier]
        check(held or (group is None and server["choice"] is None), where, "is not in the stated choice")
        places.append(tier)
        if held:
            inside[group].append(index)
    for group, holders in inside.items():
        check(len(holders) <= size[group], f"{name} {group}", "more awardees than servers")
    for index, (_, ruling) in enumerate(selected):
        proof, where = ruling["server"]["certificate"], f"certificate of {ruling['id']}"
        check((proof is None) == (places[index] == 0), where, "is owed to whoever is unserved or moved, only")
        if proof is not None:
            check(proof in proofs and proofs[proof] <= set(size), where, "does not exist")
            check_proof(where, index, proofs[proof], wishes, places, inside, size)


def tiers(application, groups):
    """The groups an awardee can use, by cloud in the order preferred, other clouds last."""
    usable = {group for group in groups if group[0] in application["vendors"]}
    named = [{group for group in usable if group[1] == cloud} for cloud in application["clouds"]]
    return [*named, usable.difference(*named)]


def check_proof(where, index, proof, wishes, places, inside, size):
    """The set is full, holds all that was denied, and nobody in it can leave it."""
    tier = places[index]
    check(set().union(*wishes[index][:tier]) <= proof, where, "leaves out a server that was denied")
    for group in proof:
        check(len(inside[group]) == size[group], where, f"{group} has free servers")
        for other in inside[group]:
            check(other != index and (tier is not None or other < index), where, "served below, or oneself")
            settled = tier is not None and other < index  # placed above: keeps the tier it has
            bound = wishes[other][places[other]] if settled else set().union(*wishes[other])
            check(bound <= proof, where, "someone in the set could make room")


def check_record(record):
    """Everything, in the order a reader would ask."""
    check_hashes(record)
    call = record["call"]["snapshot"]
    check_everyone_once(record)
    check_units(record, call)
    ranked = check_order(record, call)
    check_seats(record, call)
    entries = {entry["id"]: entry for entry in record["applications"]}
    for product in record["products"]:
        check_choice(product, ranked[product["product"]], entries, record["settings"], call)
        if record["capacities"] is not None:
            rulings = [r for r in ranked[product["product"]] if r["status"] == "selected"]
            check_matching(record, product, [(entries[r["id"]], r) for r in rulings])
    for ruling in record["rulings"]:
        served = record["capacities"] is not None and ruling["status"] == "selected"
        check((ruling["server"] is not None) == served, ruling["id"], "a server is for the selected")


def main(arguments):
    """Check the file named; 0, 1 or 2."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: python check_record.py RECORD.json", file=sys.stderr)
        return 2
    try:
        record = json.loads(Path(arguments[0]).read_text(encoding="utf-8"), object_pairs_hook=no_twins)
        check_record(record)
    except Wrong as wrong:
        print(f"WRONG {wrong}", file=sys.stderr)
        return 1
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration) as error:
        print(f"WRONG record: not the shape of a record ({type(error).__name__}: {error})", file=sys.stderr)
        return 1
    print(f"OK {len(record['applications'])} applications, root {record['hashes']['root']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
