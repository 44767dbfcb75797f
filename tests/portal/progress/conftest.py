"""An award in use from 4 April 2025, and the stage around it."""

import pytest
from awarded import Acts
from awarded import stage as make_stage


@pytest.fixture
def stage(make_user, operator, cloud_user):
    return make_stage(make_user, operator, cloud_user)


@pytest.fixture
def acts(operator, operator2, cloud_user):
    return Acts(operator, operator2, cloud_user)


@pytest.fixture
def award(stage, acts):
    stage.selected(1)
    return acts.in_use(acts.opened(stage)[0])
