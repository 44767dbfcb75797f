"""The 2025 call, its simulated year, and a round that stands ready for selection."""

from datetime import timedelta

import pytest
from awarded import Acts
from awarded import stage as make_stage
from django.utils import timezone
from selecting import Round
from simulated_year import Year


@pytest.fixture(autouse=True)
def _private_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clock(settings):
    """clock(instant): the pages' clock stands there (and runs on)."""

    def move(instant):
        settings.NARU_CLOCK_OFFSET = instant - timezone.now()
        return instant

    yield move
    settings.NARU_CLOCK_OFFSET = timedelta(0)


@pytest.fixture
def year(call, terms, operator):
    return Year(call=call, terms=terms, operator=operator)


@pytest.fixture
def selecting(call, terms, operator, operator2):
    return Round(call=call, terms=terms, operator=operator, operator2=operator2)


@pytest.fixture
def stage(make_user, operator, cloud_user):
    return make_stage(make_user, operator, cloud_user)


@pytest.fixture
def acts(operator, operator2, cloud_user):
    return Acts(operator, operator2, cloud_user)
