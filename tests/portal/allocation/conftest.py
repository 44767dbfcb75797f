"""A stage on which awards can be opened, and the acts up to a server in use."""

import pytest
from awarded import Acts
from awarded import stage as make_stage


@pytest.fixture
def stage(make_user, operator, cloud_user):
    return make_stage(make_user, operator, cloud_user)


@pytest.fixture
def acts(operator, operator2, cloud_user):
    return Acts(operator, operator2, cloud_user)
