"""What a worked case asks, told from its shape and never from its id: (ours, theirs) to be equal.

A shape is stage plus the keys of config, input and expected. Regular shapes come first; the rest of the
committed file are one-offs. "mincost" and "rankmax" of stage B describe other objectives and are left out.
"""

import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from spec.case_matching import matching_case
from spec.case_words import CRITERIA, SECTORS, THEIRS, bonus, bound, criteria, hundredths, scoring

from naru.domain.application import Application
from naru.domain.assignment import assign, offers_elsewhere, vendors_for
from naru.domain.bound import Bound
from naru.domain.budget import months_left
from naru.domain.duplicates import Filing, groups_held, resolve, shared_persons
from naru.domain.leniency import z_scores
from naru.domain.matching import ServerGroup
from naru.domain.quota import largest_remainder
from naru.domain.ranking import commitment, draw, merit_order
from naru.domain.refill import Offer, Waiting, refill, too_late, within_budget
from naru.domain.scoring import (
    Score,
    Sheet,
    bonuses_due,
    final_steps,
    half_up,
    score,
    sheet_problems,
    shown,
    trimmed_mean,
)
from naru.domain.selection import Candidate, select
from naru.domain.terms import Matching

FULL_ORDER = ("score", "contents", "purpose", "need", "field", "other", "lottery")
STEP = scoring({}).rounding


def run_case(case):
    """(ours, theirs); LookupError on a shape nobody has described."""
    for fits, answer in SHAPES.get(case["stage"], ()):
        if fits(case["config"], case["input"], case["expected"]):
            return answer(case["config"], case["input"], case["expected"])
    raise LookupError(f"unknown shape: {case}")


def plain_score(entry):
    """A score as given, without sheets: ties fall to the lottery."""
    steps = hundredths(entry["score"])
    return Score(
        steps=steps,
        base_steps=steps,
        pass_steps=steps,
        bonus=Fraction(0),
        mean=Fraction(steps, 100),
        sums=(),
        sheets=1,
    )


def candidates(rows, seed=""):
    sectors = {row["id"]: SECTORS[row["sector"]] for row in rows}
    order = merit_order(
        {row["id"]: plain_score(row) for row in rows}, order=("score", "lottery"), criteria=(), seed=seed
    )
    return tuple(Candidate(id=key, sector=sectors[key]) for key in order)


def told(choice, keys):
    whole = {
        "selected": list(choice.selected),
        "waitlist": list(choice.waitlist),
        "public_cap": choice.public_cap,
        "filled": choice.filled,
        "empty": choice.empty,
    }
    return {key: whole[key] for key in keys}


def rules(config, rows, expected):
    ranked = candidates(rows, config.get("seed", ""))
    ours = {
        rule: told(select(ranked, config["quota"], bound(config, rule)), expected[rule])
        for rule in config["rules"]
    }
    return ours, expected


def caps(_config, given, expected):
    bounds = {"strict_half": Bound(), **{key: at_most(key) for key in given if key != "strict_half"}}
    return {key: [bounds[key].cap(total) for total in totals] for key, totals in given.items()}, expected


def at_most(key):
    percent = re.fullmatch(r"le_(\d+)pct", key)
    return Bound(op="<=", share=Fraction(int(percent[1]), 100))


def complementarity(config, rows, expected):
    ours = {}
    for key in expected:
        left_out = key.removeprefix("without_") if key != "all" else None
        ranked = candidates([row for row in rows if row["id"] != left_out])
        ours[key] = list(select(ranked, config["quota"], bound(config, config["rule"])).selected)
    return ours, expected


def ties(config, rows, expected):
    parts = [key for key in config["tie"] if key != "lottery"]
    scores = {
        row["id"]: Score(
            steps=hundredths(row["total"]), base_steps=0, pass_steps=0, bonus=Fraction(0), mean=Fraction(0),
            sums=tuple(row[key] for key in parts), sheets=1,
        )
        for row in rows
    }  # fmt: skip
    ours = [CRITERIA[key] for key in parts]
    order = merit_order(scores, order=("score", *ours, "lottery"), criteria=ours, seed="")
    return {"order": list(order)}, expected


def lottery(config, ids, expected):
    scores = {key: plain_score({"score": 1}) for key in ids}
    order = merit_order(scores, order=("score", "lottery"), criteria=(), seed=config["seed"])
    digests = {key: draw(config["seed"], key)[:12] for key in ids}
    return (
        {"order": list(order), "digests": digests, "commitment": commitment(config["seed"])},
        {**expected, "commitment": config["commitment"]},
    )


def bonus_flip(config, rows, expected):
    offered = (bonus(config),)
    totals = {}
    for row in rows:
        claimed = ["youth"] if row["youth"] else []
        due = bonuses_due(offered, SECTORS[row["sector"]], claimed, ["youth"] if row.get("doc") else [])
        totals[row["id"]] = shown(final_steps(Fraction(row["score"]), due, STEP), STEP)
    ranked = candidates([{**row, "score": totals[row["id"]]} for row in rows])
    chosen = select(ranked, config["quota"], Bound())
    return {"totals": totals, "order": [c.id for c in ranked], "selected": list(chosen.selected)}, expected


def remainders(config, seats, expected):
    shares = [Fraction(share) for share in config["shares"]]
    return {str(count): list(largest_remainder(count, shares)) for count in seats}, expected


def units(_config, rows, expected):
    start = datetime(2025, 3, 1, tzinfo=UTC)
    professors = {
        row["unit"].rpartition("/")[2]: row["unit"] for row in rows if row["unit"].startswith("prof:")
    }
    filings = [
        Filing(
            id=row["app"],
            unit=row["unit"],
            submitted_at=start + timedelta(hours=place),
            persons=tuple(professors[name] for name in re.findall(r"prof (\w+)", row.get("note", ""))),
        )
        for place, row in enumerate(rows)
    ]
    ours = {
        "held_groups": [list(group) for group in groups_held(filings)],
        "free": list(resolve(filings, "hold").kept),
        "warn": [warning.reason.en.partition(";")[0] for warning in shared_persons(filings)],
        "latest": list(resolve(filings, "latest").kept),
        "exclude_all": list(resolve(filings, "exclude_all").kept),
    }
    return ours, expected


def models(config, given, expected):
    named = [name.removesuffix(" (primary)") for name in given["models"]["r1"]]
    ours = {}
    for policy in config["policy"]:
        found = vendors_for(named, given["vendors"], policy)
        ours[policy] = ", ".join(found) or "no vendor -> hold for talks"
    return ours, expected


def product_move(config, given, expected):
    groups = [
        ServerGroup(product=key.split("/")[0], vendor=key.split("/")[1], cloud="A", capacity=count)
        for key, count in given["capacity"].items()
    ]
    wanted = str(given["r1"]["product"])
    vendor = given["r1"]["allowed"].split()[0]
    entry = Application(id="r1", unit="u", sector="private", product=wanted, sheets=(), vendors=(vendor,))
    ours = {}
    for allowed in config["allow_product_move"]:
        rule = Matching(
            mode="serial", models_policy="all_models", change_of_cloud="allowed",
            change_of_product="with_consent" if allowed else "never", clause="R-07",
        )  # fmt: skip
        products = sorted({group.product for group in groups})
        parts = [assign(key, [entry] if key == wanted else [], groups, rule) for key in products]
        own = next(part.assigned[0] for part in parts if part.product == wanted)
        assert own.vendor is None
        found = offers_elsewhere(entry, parts, rule)
        told = [f"offer of {'/'.join(offer)}, needs consent" for offer in found]
        ours[str(allowed).lower()] = told[0] if told else f"unassigned, reason {own.finding.code}"
    return ours, expected


def refill_set(config, given, expected):
    known = {"quota", "rule", "public_additions_only_if_final_share_lt_half", "public_share", "strict"}
    if set(config) - known or config.get("public_additions_only_if_final_share_lt_half", True) is not True:
        raise LookupError(f"unknown shape: {config}")
    rows = sorted(given["waitlist"], key=lambda row: -Fraction(str(row[2])))
    publics = sum(SECTORS[sector] == "public" for _, sector in given["holders"])
    held = len(given["holders"])
    result = refill(
        [Waiting(id=key, sector=SECTORS[sector], allowed=frozenset({0})) for key, sector, _ in rows],
        holders=(held, publics),
        free=[max(0, config["quota"] - held)],
        seats=config["quota"],
        bound=bound(config, config.get("rule", "ratio")),
    )
    return {"admitted": list(result.admitted)}, expected


def incompatible(_config, given, expected):
    vendor = given["freed"].split("@")[0]
    waiting = [
        Waiting(id=row["id"], sector="private", allowed=frozenset({0} if vendor in row["allowed"] else ()))
        for row in given["waitlist"]
    ]
    result = refill(waiting, holders=(0, 0), free=[1], seats=1, bound=Bound())
    ranks = {row.id: place for place, row in enumerate(waiting, start=1)}
    ours = {"admitted": result.admitted[0]}
    ours.update((key, f"keeps rank {ranks[key]}, log {why}") for key, why in result.skipped)
    return ours, expected


def budget(config, given, expected):
    offers = [
        Offer(id=key, monthly_cost=config["monthly_cost"][product])
        for key, product in (line.split(":") for line in given)
    ]
    result = within_budget(offers, config["months_left"], config["budget_left"])
    reasons = {key: f"BUDGET ({cost} > {left})" for key, cost, left in result.refused}
    return {"admitted": list(result.admitted), "reason": reasons}, expected


def lateness(config, given, expected):
    left = months_left(date.fromisoformat(given["freed_on"]), date.fromisoformat(config["programme_end"]))
    waiting = [Waiting(id="w", sector="private", allowed=frozenset({0}))]
    late = left < config["min_months"]
    result = too_late(waiting) if late else refill(waiting, holders=(0, 0), free=[1], seats=1, bound=Bound())
    ours = {"admitted": list(result.admitted)}
    if late:
        ours["reason"] = result.skipped[0][1]
    return ours, expected


def trim(config, totals, expected):
    mean = trimmed_mean(totals, scoring(config).trim_from)
    return {"score": shown(half_up(mean, STEP), STEP)}, expected


def trim_whole(config, sheets, expected):
    ours = [
        Sheet(reviewer=str(place), points={CRITERIA[key]: value for key, value in sheet.items()})
        for place, sheet in enumerate(sheets)
    ]
    rule = scoring(config)
    totals = shown(score(ours, scoring=rule, criteria=criteria()).steps, STEP)
    parts = [trimmed_mean([sheet.points[key] for sheet in ours], rule.trim_from) for key in ours[0].points]
    return {
        "totals": totals,
        "per_criterion": shown(half_up(sum(parts), STEP), STEP),
        "default": "totals",
    }, expected


def flat_reviewer(_config, given, expected):
    ours = {f"{key}_z": list(z_scores(given[key])) for key in given if f"{key}_z" in expected}
    return {
        **ours,
        "no_nan": all(isinstance(value, Fraction) for key in given for value in z_scores(given[key])),
    }, expected


def out_of_range(config, given, expected):
    points = {CRITERIA[key]: most for key, most in config["max"].items()}
    sheet = Sheet(
        reviewer="r", points={**dict.fromkeys(points, 0), **{CRITERIA[k]: v for k, v in given.items()}}
    )
    (line,) = sheet_problems(sheet, criteria(points))
    key, _, rest = line.partition(" ")
    return {"error": f"{THEIRS[key]} {rest}"}, expected


def keys(config=(), given=None, expected=()):
    """A shape by the keys it must have; `given` is a type, or keys of a dict input."""

    def fits(c, i, e):
        right_input = given is None or (
            isinstance(i, given) if isinstance(given, type) else isinstance(i, dict) and set(given) <= set(i)
        )
        return set(config) <= set(c) and right_input and set(expected) <= set(e)

    return fits


def numbers(_c, i, e):
    return isinstance(i, list) and bool(i) and set(e) == {"score"} and all(isinstance(v, int) for v in i)


SHAPES = {
    "A": [
        (keys(["rules", "quota"], list), rules),
        (keys((), ["strict_half"]), caps),
        (keys(["rule", "quota"], list, ["all"]), complementarity),
        (keys(["tie"], list, ["order"]), ties),
        (keys(["seed", "commitment"], list, ["order", "digests"]), lottery),
        (keys(["bonus", "quota"], list, ["totals", "order"]), bonus_flip),
        (keys(["shares"], list), remainders),
        (keys(["duplicate_policy"], list, ["held_groups"]), units),
    ],
    "B": [
        (keys(["sku_caps"], list, ["serial"]), matching_case),
        (keys(["policy"], ["models", "vendors"]), models),
        (keys(["allow_product_move"], ["r1", "capacity"]), product_move),
    ],
    "C": [
        (keys(["quota"], ["holders", "waitlist"], ["admitted"]), refill_set),
        (keys([], ["freed", "waitlist"], ["admitted"]), incompatible),
        (keys(["budget_left", "months_left"], list, ["admitted"]), budget),
        (keys(["min_months"], ["freed_on"], ["admitted"]), lateness),
    ],
    "S": [
        (numbers, trim),
        (keys(["trim_min"], list, ["totals", "per_criterion"]), trim_whole),
        (keys(["method"], dict, ["no_nan"]), flat_reviewer),
        (keys(["max"], dict, ["error"]), out_of_range),
    ],
}  # fmt: skip
