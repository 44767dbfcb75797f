"""The manual engine: conformance, and the cloud company's word."""

import pytest
from engines.conformance import SPEC, EngineConformance

from naru.engines import engine as engine_by_name
from naru.engines.base import PhaseError, UnknownServerError
from naru.engines.manual import ManualEngine


class Pages:
    """A notebook in memory."""

    def __init__(self):
        self.states = {}

    def read(self, reference):
        return self.states.get(reference)

    def write(self, state):
        self.states[state.reference] = state


@pytest.fixture
def engine():
    return ManualEngine(Pages())


class TestConformance(EngineConformance):
    @pytest.fixture
    def start(self, engine):
        return lambda reference: engine.confirm_delivery(reference, address="10.0.0.7:22")


def test_an_order_waits_for_a_person_and_names_the_cloud(engine):
    ordered = engine.order(SPEC, key="2025-npu/1")
    assert (ordered.phase, ordered.address) == ("waiting", "")
    assert ordered.reference.startswith("cloud-a-")


def test_a_waiting_server_can_be_neither_suspended_nor_resumed(engine):
    reference = engine.order(SPEC, key="1").reference
    with pytest.raises(PhaseError, match="cannot suspend while waiting; it must be running"):
        engine.suspend(reference)
    with pytest.raises(PhaseError, match="cannot resume while waiting; it must be suspended"):
        engine.resume(reference)


def test_a_second_word_corrects_the_address(engine):
    reference = engine.order(SPEC, key="1").reference
    engine.confirm_delivery(reference, address="10.0.0.7")
    assert engine.confirm_delivery(reference, address=" 10.0.0.8 ").address == "10.0.0.8"


def test_a_delivery_needs_an_address_and_a_server_that_waits(engine):
    reference = engine.order(SPEC, key="1").reference
    with pytest.raises(ValueError, match="address: is empty"):
        engine.confirm_delivery(reference, address=" ")
    assert engine.describe(reference).phase == "waiting"
    engine.release(reference)
    with pytest.raises(PhaseError, match="cannot deliver while released"):
        engine.confirm_delivery(reference, address="10.0.0.7")
    with pytest.raises(UnknownServerError):
        engine.confirm_delivery("nobody", address="10.0.0.7")


def test_a_new_engine_on_the_same_notebook_knows_the_servers():
    pages = Pages()
    reference = ManualEngine(pages).order(SPEC, key="1").reference
    assert ManualEngine(pages).describe(reference).phase == "waiting"


def test_engines_are_found_by_name():
    assert isinstance(engine_by_name("manual", Pages()), ManualEngine)
    with pytest.raises(ValueError, match="there is no 'slurm'; choose one of: manual"):
        engine_by_name("slurm", Pages())
