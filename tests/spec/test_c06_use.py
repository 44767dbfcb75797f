"""C-06: free of charge, inference only, for models already trained."""

import pytest
from callfile import CALL

pytestmark = pytest.mark.requirement("C-06")


def test_support_is_free_and_for_inference_with_a_trained_model():
    assert CALL.support.price == "free"
    assert CALL.use.inference_only
    assert CALL.use.trained_model_only
    assert CALL.use.clause == "C-06"
