"""The record repeats itself, and nothing in it can be changed unseen."""

import copy
import importlib.util
import json
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from programme import call_2025
from simulated import applications, capacities

from naru.codec.record import canonical, dump_record, hashes, load_record, make_record, write_record
from naru.codec.rows import RowsFileError
from naru.codec.verification import first_difference, verify
from naru.domain.run import SelectionRefusedError, Settings

ROOT = Path(__file__).parent.parent.parent
SEED = 0
DECIDED = ("products", "rulings", "certificates", "warnings")


def checker():
    path = ROOT / "tools" / "check_record.py"
    spec = importlib.util.spec_from_file_location("check_record", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECKER = checker()


def small_call():
    """The 2025 call with ten seats, so that few applications already compete."""
    call = call_2025()
    rounds = tuple(replace(entry, seats=10) for entry in call.tracks[0].rounds)
    return replace(call, tracks=(replace(call.tracks[0], rounds=rounds),))


def small():
    """Ten seats, 24 applications, few servers: every kind of ruling, assignment and certificate occurs."""
    entries = list(applications(small_call(), 24, seed=SEED))
    entries[0] = replace(entries[0], persons=(entries[1].unit, "somebody"))
    return small_call(), entries, "a seed", capacities(small_call(), 1)[:9]


@pytest.fixture(scope="module")
def record():
    return make_record(*small())


def accepted(data):
    """Whether the checker is content."""
    try:
        CHECKER.check_record(data)
    except (CHECKER.Wrong, ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration):
        return False
    return True


def rehashed(data):
    """As a forger would: all hashes made to fit."""
    return {**data, "hashes": hashes({key: value for key, value in data.items() if key != "hashes"})}


def mutations(data, path=()):
    """Every leaf changed, every key and item taken away, one of each added; as (path, changed copy)."""
    node = data
    for step in path:
        node = node[step]
    if isinstance(node, dict):
        yield from (changed(data, (*path, key), None, "drop") for key in node)
        yield changed(data, (*path, "added"), 1, "set")
        for key in node:
            yield from mutations(data, (*path, key))
    elif isinstance(node, list):
        yield changed(data, (*path, len(node)), node[-1] if node else "added", "append")
        yield from (changed(data, (*path, place), None, "drop") for place in range(len(node)))
        for place in range(len(node)):
            yield from mutations(data, (*path, place))
    else:
        yield changed(data, path, other(node), "set")


def other(leaf):
    if isinstance(leaf, bool):
        return not leaf
    if isinstance(leaf, int):
        return leaf + 1
    return "other" if leaf is None else leaf + "x"


def changed(data, path, value, how):
    *way, last = path
    node = top = dict(data)
    for step in way:
        node[step] = copy.copy(node[step])
        node = node[step]
    if how == "drop":
        del node[last]
    elif how == "append":
        node.append(value)
    else:
        node[last] = value
    return path, top


def test_the_small_record_has_every_kind_of_outcome(record):
    assert {ruling["status"] for ruling in record["rulings"]} == {"selected", "waiting"}
    codes = {ruling["finding"]["code"] for ruling in record["rulings"]}
    assert codes == {"SELECTED", "SEATS_FULL", "SECTOR_BOUND"}
    served = {ruling["server"]["finding"]["code"] for ruling in record["rulings"] if ruling["server"]}
    assert {"FIRST_CHOICE", "CLOUD_CHANGED", "PRODUCT_SOLD_OUT", "NO_VENDOR_SUPPORT"} <= served
    assert record["certificates"]
    assert record["warnings"]


def test_a_record_is_what_its_inputs_give_and_the_checker_agrees(record):
    assert verify(record) is None
    assert accepted(record)


def test_the_order_of_the_files_never_matters(record):
    call, entries, seed, groups = small()
    assert make_record(call, entries[::-1], seed, groups[::-1]) == record


def test_the_order_within_a_row_never_matters(record):
    """Vendors and sheets are sets; only the clouds stand in an order that means something."""
    call, entries, seed, groups = small()
    turned = [replace(entry, vendors=entry.vendors[::-1], sheets=entry.sheets[::-1]) for entry in entries]
    assert any(len(entry.vendors) > 1 for entry in entries)
    remade = make_record(call, turned, seed, groups)
    assert verify(remade) is None
    assert remade["rulings"] == record["rulings"]


def test_no_real_unit_person_or_reviewer_is_told(record):
    call, entries, seed, groups = small()
    text = canonical(record)
    assert not any(entry.unit in text for entry in entries)
    assert "somebody" not in text
    renamed = [
        replace(
            entry,
            unit="zz" + entry.unit[::-1],
            persons=tuple("zz" + p[::-1] for p in entry.persons),
            sheets=tuple(replace(sheet, reviewer="q" + sheet.reviewer) for sheet in entry.sheets),
        )
        for entry in entries
    ]
    assert make_record(call, renamed, seed, groups) == record


def test_every_field_changed_in_turn_is_refused_by_the_checker_and_by_the_hashes(record):
    count = 0
    for path, forged in mutations(record):
        count += 1
        assert not accepted(forged), path
    assert count > 3000


def test_every_field_changed_in_turn_is_refused_by_verify(record):
    """The decided half is compared with one repetition; of the inputs every thirtieth change is repeated."""
    for place, (path, forged) in enumerate(mutations(record)):
        assert first_difference(forged, record) is not None, path
        if path[0] in DECIDED:
            assert first_difference(rehashed(forged), record) is not None, path
        if place % 30 == 0 or path[0] in ("schema", "kind", "settings", "lottery") or len(path) == 1:
            assert verify(forged) is not None, path


def test_the_difference_names_its_key_path(record):
    forged = copy.deepcopy(record)
    forged["rulings"][3]["score"] = "99.99"
    found = verify(forged)
    assert (found.path, found.recorded) == ("rulings[3].score", '"99.99"')
    assert found.recomputed == f'"{record["rulings"][3]["score"]}"'


def test_one_changed_score_of_a_reviewer_is_refused_by_both(record):
    forged = copy.deepcopy(record)
    sheet = forged["applications"][0]["reviews"][0]["points"]
    sheet["contents"] += -1 if sheet["contents"] else 1
    assert verify(forged) is not None
    assert not accepted(forged)
    assert not accepted(rehashed(forged))


@pytest.mark.parametrize("swap", [("selected", "waitlist")])
def test_a_favour_is_seen_by_the_checker_though_all_hashes_fit(record, swap):
    """Two applicants of one product change places in every list: envy, order or score must show it."""
    forged = copy.deepcopy(record)
    product = next(p for p in forged["products"] if p["selected"] and p["waitlist"])
    left, right = product[swap[0]][-1], product[swap[1]][0]
    text = canonical(forged["products"]).replace(left, "\0").replace(right, left).replace("\0", right)
    forged["products"] = json.loads(text)
    rulings = {ruling["id"]: ruling for ruling in forged["rulings"]}
    for key in ("status", "rank", "waiting", "finding", "server"):
        rulings[left][key], rulings[right][key] = rulings[right][key], rulings[left][key]
    assert not accepted(rehashed(forged))


@pytest.mark.parametrize(
    "settings",
    [
        Settings(spill=True),
        Settings(reading="none", reason="test"),
        Settings(reading="soft", reason="test"),
        Settings(reading="quota", reason="test"),
        Settings(min_score=Fraction(70), reason="test"),
        Settings(round="1"),
    ],
)
@pytest.mark.parametrize("publics", [0.1, 0.5, 0.95])
def test_verify_and_checker_agree_under_every_setting(settings, publics):
    call, _, seed, groups = small()
    for matched in (groups, None):
        found = make_record(call, applications(call, 30, seed=9, publics=publics), seed, matched, settings)
        assert verify(found) is None
        CHECKER.check_record(found)


@pytest.mark.parametrize("policy", ["latest", "exclude_all", "hold"])
def test_duplicates_in_a_record(policy):
    call, entries, seed, groups = small()
    call = replace(call, selection=replace(call.selection, duplicates=policy))
    start = datetime.fromisoformat("2025-03-01T09:00:00+09:00")
    twin = replace(entries[1], unit=entries[0].unit, submitted_at=start.replace(hour=10))
    entries = [replace(entries[0], submitted_at=start), twin, *entries[2:]]
    if policy == "hold":
        with pytest.raises(SelectionRefusedError) as refused:
            make_record(call, entries, seed, groups)
        assert refused.value.held == ((entries[0].id, entries[1].id),)
        return
    found = make_record(call, entries, seed, groups)
    status = {ruling["id"]: ruling["status"] for ruling in found["rulings"]}
    assert status[entries[0].id] == "duplicate"
    assert (status[entries[1].id] == "duplicate") == (policy == "exclude_all")
    assert verify(found) is None
    CHECKER.check_record(found)


def test_a_relaxation_without_a_reason_has_no_record():
    with pytest.raises(ValueError, match=r"settings\.reason"):
        make_record(*small(), settings=Settings(reading="soft"))
    with pytest.raises(ValueError, match=r"settings\.reason"):
        make_record(*small(), settings=Settings(share=Fraction(1, 3)))


def test_a_share_that_was_signed_stands_in_the_record_and_in_both_proofs(record):
    found = make_record(*small(), settings=Settings(share=Fraction(1, 4), reason="a signed decision"))
    assert "share" not in record["settings"]  # records made before the question existed keep their hashes
    assert found["settings"]["share"] == "1/4"
    assert {product["share"] for product in found["products"]} == {"1/4"}
    assert verify(found) is None
    CHECKER.check_record(found)
    assert not accepted(found | {"settings": record["settings"]})


@pytest.mark.parametrize("share", [Fraction(0), Fraction(-1, 2), Fraction(3, 2)])
def test_a_share_lies_within_nothing_and_all(share):
    with pytest.raises(ValueError, match="share"):
        Settings(share=share)


def test_nobody_applied():
    call, _, seed, groups = small()
    found = make_record(call, (), seed, groups)
    assert [product["empty"] for product in found["products"]] == [6, 3, 1]
    assert verify(found) is None
    CHECKER.check_record(found)


def test_a_file_is_written_whole_and_read_back(tmp_path, record):
    path = tmp_path / "record.json"
    write_record(path, record)
    assert load_record(path) == record
    assert path.read_text(encoding="utf-8") == dump_record(record)
    with pytest.raises(ValueError, match="float"):
        write_record(path, {**record, "added": float("nan")})
    assert load_record(path) == record
    assert [entry.name for entry in tmp_path.iterdir()] == ["record.json"]


@pytest.mark.parametrize("text", ["{", '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 100_000, "\ud800"])
def test_a_file_that_is_no_record(tmp_path, text):
    path = tmp_path / "record.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(RowsFileError, match="is not the JSON of a record"):
        load_record(path)


@pytest.mark.parametrize("data", [None, 3, [], {}, {"schema": 1, "kind": "naru-selection"}])
def test_anything_else_is_a_difference(data):
    assert verify(data) is not None
    assert not accepted(data)
