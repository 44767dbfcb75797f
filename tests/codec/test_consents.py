"""What the call check says of `[[consents]]`: one recipient at a time, refusing explained, items named."""

import pytest
from callfile import CALL, TEXT, changed, problems

from naru.codec.call import parse_call
from naru.domain.consent import full_text

IDS = [one.id for one in CALL.consents]


def without(consent, key):
    """The 2025 call without one key of one consent."""
    head, found, tail = TEXT.partition(f'[[consents]]\nid = "{consent}"\n')
    assert found
    line = next(line for line in tail.splitlines() if line.startswith(f"{key} = "))
    return head + found + tail.replace(f"{line}\n", "", 1)


def place(consent, key=""):
    return f"consents[{IDS.index(consent)}]" + (f".{key}" if key else "")


def test_the_2025_call_asks_each_recipient_apart():
    provided = [one for one in CALL.consents if one.kind == "provision"]
    assert len({one.recipient.ko for one in provided}) == len(provided)
    assert [one.id for one in CALL.consents if one.kind != "provision" and one.recipient] == []
    assert [one.id for one in CALL.consents if one.required and one.refusal is None] == []


def test_a_needed_consent_says_what_refusing_means():
    assert problems(without("provision_vendor", "refusal")) == [
        f"{place('provision_vendor', 'refusal')}: a required consent says what happens when it is refused"
    ]


def test_a_provision_names_who_receives_the_data():
    assert problems(without("provision_cloud", "recipient")) == [
        f"{place('provision_cloud', 'recipient')}: a provision names the third party that receives the data"
    ]


def test_collecting_and_passing_on_are_asked_apart():
    text = changed('id = "collection"\n', 'id = "collection"\nrecipient = { ko = "누구", en = "somebody" }\n')
    assert problems(text) == [
        f'{place("collection", "recipient")}: only a provision has one; ask it apart, with kind = "provision"'
    ]


def test_the_items_of_personal_data_are_named():
    line = next(line for line in TEXT.splitlines() if line.startswith("items = [{ ko"))
    assert problems(changed(line, "items = []")) == [
        f"{place('provision_vendor', 'items')}: name each item of personal data"
    ]


def test_only_sectors_of_the_call_are_asked():
    text = changed('id = "collection"\n', 'id = "collection"\nparties = ["private", "abroad"]\n')
    assert [line.split(":")[0] for line in problems(text)] == [place("collection", "parties[1]")]


def test_a_consent_stands_once():
    [line] = problems(changed('id = "provision_cloud"', 'id = "provision_vendor"'))
    assert line.startswith('consents: "provision_vendor" stands 2 times')


def test_a_consent_cites_a_clause_of_the_call():
    head, found, tail = TEXT.partition('[[consents]]\nid = "provision_vendor"')
    [line] = problems(head + found + tail.replace('clause = "L-02"', 'clause = "L-22"', 1))
    assert line.startswith(f'{place("provision_vendor", "clause")}: "L-22"')


def test_the_version_of_the_words_counts_from_one():
    head, found, tail = TEXT.partition('[[consents]]\nid = "provision_vendor"')
    assert problems(head + found + tail.replace("version = 1", "version = 0", 1))[0].startswith("consents[")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("직접 기술지원", "다른 목적"),
        ("지원 종료까지", "영원히"),
        ('version = 1\nclause = "L-02"', 'version = 2\nclause = "L-02"'),
        ('배정된 AI 반도체사"', '아무나"'),
    ],
)
def test_whatever_of_the_words_changes_the_hashed_text_changes(old, new):
    head, found, tail = TEXT.partition('[[consents]]\nid = "provision_vendor"')
    assert old in tail
    other = parse_call(head + found + tail.replace(old, new, 1), "other.toml")
    before, now = ({one.id: full_text(one) for one in call.consents} for call in (CALL, other))
    assert [code for code in before if before[code] != now[code]] == ["provision_vendor"]
