"""A loaded FAQ and a question that waits."""

from pathlib import Path

import pytest

from naru.codec.faq import parse_faq
from naru.portal.questions import actions
from naru.portal.questions.seeds import contents
from naru.portal.ui import clock

FILE = Path(__file__).parents[3] / "calls" / "faq" / "2025-npu.toml"


@pytest.fixture(autouse=True)
def _during_intake(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def entries(call, operator, at):
    file = parse_faq(FILE.read_text(encoding="utf-8"), FILE.name)
    return actions.load_entries(by=operator, at=at, call=call, contents=contents(file))


@pytest.fixture
def question(call, applicant_user, at):
    return actions.ask(
        by=applicant_user, at=at, call=call, title="가상의 제목", text="가상의 질문입니다.", public=True
    )
