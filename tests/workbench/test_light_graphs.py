"""The graphs that come with the onnx package: their weights are filled by the graph, not stored."""

from pathlib import Path

import onnx
import pytest

from naru.workbench.counting import count_graph

LIGHT = Path(onnx.__file__).parent / "backend" / "test" / "data" / "light"


def light(name):
    return onnx.load(LIGHT / f"light_{name}.onnx")


@pytest.mark.parametrize(
    ("name", "parameters", "macs"),
    [
        ("resnet50", 25_557_032, 4_089_184_256),
        ("vgg19", 143_667_240, 19_632_062_464),
    ],
)
def test_published_counts_of_parameters_and_macs(name, parameters, macs):
    count = count_graph(light(name))
    assert (count.parameters, count.uncounted) == (parameters, ())
    assert count.macs == macs
    assert sum(one.macs for one in count.operators.values()) == macs


def test_running_statistics_are_stored_bytes_and_no_parameters():
    count = count_graph(light("resnet50"))
    norms = sum(one.count for name, one in count.operators.items() if name == "BatchNormalization")
    assert norms == 53
    assert count.weight_bytes["float"] - 4 * count.parameters == 4 * 2 * 26_560


def test_peak_memory_holds_the_worst_moment_of_the_graph():
    """ResNet-50 at 224: the first ReLU reads 64 x 112 x 112 floats and writes as many."""
    assert count_graph(light("resnet50")).peak_live_bytes >= 2 * 64 * 112 * 112 * 4


def test_a_small_network_agrees_with_its_printed_figure():
    """SqueezeNet 1.1: 1,235,496 parameters, .349 GMACs as the catalogue prints it."""
    count = count_graph(light("squeezenet"))
    assert count.parameters == 1_235_496
    assert round(count.macs / 1e9, 3) == 0.349
