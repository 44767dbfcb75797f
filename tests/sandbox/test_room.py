"""A child really is limited: each limit is reached by a task that tries, and its name is in the answer."""

import errno
import os
import threading
from pathlib import Path

import pytest

from naru.sandbox import Limits, Stop, run

TASKS = (Path(__file__).parent,)
QUICK = Limits(cpu_seconds=1)


def answer(task, source=b"x", limits=QUICK, **arguments):
    return run(f"hostile_tasks.{task}", source, limits=limits, arguments=arguments, importable=TASKS)


def test_a_task_reads_its_file_and_answers_json():
    result = answer("length", b"12345")
    assert (result.value, result.stopped, result.detail) == (5, None, "")
    assert answer("echo", number=3, words=["가", "b"]).value == {"number": 3, "words": ["가", "b"]}


def test_what_a_child_used_is_told():
    result = answer("allocate", size=100_000_000)
    assert result.value == 100_000_000
    assert 100_000_000 < result.max_rss_bytes < 160_000_000
    assert 0 < result.cpu_seconds <= result.wall_seconds


@pytest.mark.parametrize(
    ("task", "arguments"),
    [("allocate", {"size": 1 << 30}), ("map_memory", {"size": 1 << 30}), ("allocate_slowly", {})],
)
def test_a_gibibyte_is_not_to_be_had(task, arguments):
    result = answer(task, **arguments)
    assert result.value is None
    assert (result.stopped, result.stopped.blames_source) in {(Stop.MEMORY, True), (Stop.FAILED, False)}
    assert result.max_rss_bytes <= 256 << 20


def test_memory_is_named_when_python_runs_out_of_it():
    assert answer("allocate_slowly").stopped is Stop.MEMORY


def test_a_task_that_spins_is_stopped_by_its_processor_time():
    result = answer("spin")
    assert (result.stopped, result.stopped.blames_source) == (Stop.CPU_TIME, True)


@pytest.mark.parametrize("task", ["sleep", "close_and_spin"])
def test_a_task_that_waits_is_stopped_by_the_clock(task):
    result = answer(task, limits=Limits(wall_seconds=0.7))
    assert (result.stopped, result.stopped.blames_source) == (Stop.WALL_TIME, False)
    assert result.wall_seconds < 3


@pytest.mark.parametrize("task", ["print_without_end", "answer_without_end"])
def test_a_flood_of_output_is_cut(task):
    result = answer(task)
    assert result.stopped is Stop.OUTPUT
    assert len(result.detail) <= 2000


@pytest.mark.parametrize(
    ("task", "stop", "detail"),
    [
        ("raise_error", Stop.FAILED, "ValueError: no such number"),
        ("not_json", Stop.CRASHED, ""),
        ("crash", Stop.CRASHED, ""),
        ("leave", Stop.CRASHED, ""),
        ("lie", Stop.CRASHED, ""),
        ("no_such_task", Stop.FAILED, "AttributeError"),
    ],
)
def test_a_broken_task_is_told_apart_from_a_file_to_blame(task, stop, detail):
    result = answer(task)
    assert (result.value, result.stopped, result.stopped.blames_source) == (None, stop, False)
    assert detail in result.detail


def test_a_child_has_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("NARU_SECRET_KEY", "secret")
    with open(os.devnull) as held:  # noqa: PTH123 - a descriptor that must not be inherited
        os.set_inheritable(held.fileno(), True)
        found = answer("survey", limits=Limits(file_bytes=1)).value
        os.set_inheritable(held.fileno(), False)
    assert found["environment"] == ["HOME", "LANG", "MALLOC_ARENA_MAX", "TMPDIR"]
    assert len(found["open"]) == 5  # the file, twice standard error, the answer, its own memory figures
    assert (found["group"], found["session"], found["folder"], found["django"]) == (True, True, [], False)


def test_open_files_are_counted():
    assert answer("many_files").value == [errno.EMFILE, True]


def test_a_child_writes_only_what_it_was_granted():
    code, size = answer("fill_disk", limits=Limits(file_bytes=200_000)).value
    assert (code, size) == (errno.EFBIG, 200_000)
    assert answer("fill_disk").stopped is Stop.FAILED


def test_its_folder_is_gone_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer("fill_disk", limits=Limits(file_bytes=1000))
    answer("sleep", limits=Limits(wall_seconds=0.3))
    assert list(tmp_path.iterdir()) == []


def test_children_run_beside_each_other_from_several_threads():
    lengths = {}
    threads = [
        threading.Thread(target=lambda size=size: lengths.update({size: answer("length", b"x" * size).value}))
        for size in range(1, 5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths == {1: 1, 2: 2, 3: 3, 4: 4}


def test_no_child_is_left_behind():
    before = children()
    answer("sleep", limits=Limits(wall_seconds=0.3))
    assert children() == before


def children():
    """The processes this thread has started and not yet seen end (a browser of other tests may be one)."""
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text("ascii").split())


def test_a_child_that_cannot_start_is_no_fault_of_the_file(monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    result = answer("length")
    assert (result.stopped, result.stopped.blames_source) == (Stop.NOT_STARTED, False)
