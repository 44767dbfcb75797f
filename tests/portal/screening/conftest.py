"""The 2025 call with its intake over."""

import pytest
from simulated_year import Year


@pytest.fixture(autouse=True)
def _private_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def year(call, terms, operator):
    return Year(call=call, terms=terms, operator=operator)
