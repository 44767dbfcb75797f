"""What every engine must do. An engine's test module subclasses `EngineConformance` and gives two fixtures.

`engine`: a fresh engine. `start`: a callable that brings the server of a reference to "running" by whatever
means the engine has (a person's word, a fake control plane, time).
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from naru.engines.base import Engine, PhaseError, ServerSpec, UnknownServerError

SPEC = ServerSpec(
    product="npu-60",
    vendor="vendor-a",
    cloud="cloud-a",
    tops_int8=60,
    cores=16,
    clock_ghz=Decimal("2.1"),
    memory_gb=128,
    ssd_tb=1,
    link_gbps=1,
)


class EngineConformance:
    @pytest.fixture
    def running(self, engine, start):
        reference = engine.order(SPEC, key="order-1").reference
        start(reference)
        return reference

    def test_it_is_an_engine_with_a_name(self, engine):
        assert isinstance(engine, Engine)
        assert engine.name

    def test_an_order_has_a_reference_that_can_be_described(self, engine):
        ordered = engine.order(SPEC, key="order-1")
        assert ordered.reference
        assert engine.describe(ordered.reference).reference == ordered.reference

    def test_the_same_key_orders_one_server(self, engine):
        assert engine.order(SPEC, key="order-1") == engine.order(SPEC, key="order-1")

    def test_another_key_orders_another_server(self, engine):
        other = engine.order(replace(SPEC, product="npu-120"), key="order-2")
        assert engine.order(SPEC, key="order-1").reference != other.reference

    @pytest.mark.usefixtures("running")
    def test_ordering_again_does_not_set_a_running_server_back(self, engine):
        assert engine.order(SPEC, key="order-1").phase == "running"

    def test_a_running_server_has_an_address(self, engine, running):
        state = engine.describe(running)
        assert (state.phase, bool(state.address)) == ("running", True)

    def test_suspend_and_resume(self, engine, running):
        assert engine.suspend(running).phase == "suspended"
        assert engine.describe(running).phase == "suspended"
        assert engine.resume(running).phase == "running"
        assert engine.describe(running).phase == "running"

    def test_suspending_or_resuming_twice_changes_nothing(self, engine, running):
        assert engine.suspend(running) == engine.suspend(running)
        assert engine.resume(running) == engine.resume(running)

    def test_a_released_server_stays_released(self, engine, running):
        assert engine.release(running).phase == "released"
        assert engine.release(running).phase == "released"
        assert engine.describe(running).phase == "released"
        for act in (engine.suspend, engine.resume):
            with pytest.raises(PhaseError, match=running):
                act(running)

    def test_an_order_can_be_released_before_it_runs(self, engine):
        reference = engine.order(SPEC, key="order-1").reference
        assert engine.release(reference).phase == "released"

    @pytest.mark.parametrize("act", ["describe", "suspend", "resume", "release"])
    def test_an_unknown_reference_is_named(self, engine, act):
        with pytest.raises(UnknownServerError, match="nobody"):
            getattr(engine, act)("nobody")

    def test_one_server_never_touches_another(self, engine, running, start):
        other = engine.order(SPEC, key="order-2").reference
        start(other)
        engine.release(running)
        assert engine.describe(other).phase == "running"
