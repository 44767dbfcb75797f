"""A portal in earnest starts with a key to sign receipts with, or says aloud that it has none."""

import pytest
from django.core.checks import run_checks

from naru.codec.signature import SigningKey


@pytest.fixture
def told(settings, tmp_path):
    """told(mode of the folder) -> the ids of what the checks say of the key there."""
    settings.RECEIPT_KEY = tmp_path / "keys" / "receipt.pem"
    settings.DEBUG = settings.NARU_DEMO = False

    def ask():
        return [one.id for one in run_checks() if "receipt" in one.msg.lower()]

    return ask


def put(settings, content, mode=0o600):
    settings.RECEIPT_KEY.parent.mkdir(exist_ok=True)
    settings.RECEIPT_KEY.write_bytes(content)
    settings.RECEIPT_KEY.chmod(mode)


def test_a_key_of_ones_own_is_no_word_worth(told, settings):
    put(settings, SigningKey.new().pem())
    assert told() == []


def test_a_key_others_may_read_is_a_warning(told, settings):
    put(settings, SigningKey.new().pem(), 0o644)
    assert told() == ["naru.W004"]


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----"])
def test_a_key_that_cannot_be_used_stops_the_start(told, settings, content):
    put(settings, content)
    assert told() == ["naru.E002"]


def test_a_folder_in_its_place_stops_the_start(told, settings):
    settings.RECEIPT_KEY.mkdir(parents=True)
    assert told() == ["naru.E002"]


def test_a_missing_key_is_told_outside_the_demo_only(told, settings):
    assert told() == ["naru.W003"]
    settings.NARU_DEMO = True
    assert told() == []
    settings.NARU_DEMO, settings.DEBUG = False, True
    assert told() == []


def test_a_file_where_its_folder_should_be_stops_the_start(told, settings, tmp_path):
    settings.RECEIPT_KEY = tmp_path / "file" / "receipt.pem"
    (tmp_path / "file").write_text("")
    assert told() == ["naru.E002"]
