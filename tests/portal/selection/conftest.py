"""A round of the 2025 call with its seed committed and its quotas frozen."""

import pytest
from selecting import Round


@pytest.fixture
def ready(call, terms, operator, operator2):
    return Round(call=call, terms=terms, operator=operator, operator2=operator2).opened()
