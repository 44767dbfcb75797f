"""The one file a child may read is a plain file with one name and a bearable size."""

import os
import socket
from pathlib import Path

import pytest

from naru.sandbox import Limits, Stop, run
from naru.sandbox.source import SourceRefusedError, opened

TASKS = (Path(__file__).parent,)


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "plain"
    path.write_bytes(b"12345")
    return path


def refused(path, most=10):
    with pytest.raises(SourceRefusedError) as error, opened(path, most):
        pass
    return error.value.stop


def test_a_plain_file_is_read_where_it_lies(plain):
    result = run("hostile_tasks.length", plain, limits=Limits(), importable=TASKS)
    assert (result.value, result.stopped) == (5, None)


def test_a_link_is_not_followed(plain, tmp_path):
    (tmp_path / "link").symlink_to(plain)
    assert refused(tmp_path / "link") is Stop.NOT_REGULAR


def test_a_second_name_is_refused(plain, tmp_path):
    (tmp_path / "second").hardlink_to(plain)
    assert refused(plain) is Stop.LINKED


def test_a_folder_a_pipe_a_device_and_a_socket_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        found = [
            refused(path) for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), tmp_path / "socket")
        ]
    assert found == [Stop.NOT_REGULAR] * 4


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert refused(tmp_path / "none") is Stop.NO_FILE


@pytest.mark.parametrize(("most", "stop"), [(5, None), (4, Stop.TOO_LARGE)])
def test_the_size_is_judged_before_anything_is_read(plain, most, stop):
    for source in (plain, b"12345"):
        result = run("hostile_tasks.length", source, limits=Limits(source_bytes=most), importable=TASKS)
        assert result.stopped is stop


def test_a_refused_source_starts_no_child(plain, monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    result = run("hostile_tasks.length", plain, limits=Limits(source_bytes=1), importable=TASKS)
    assert (result.stopped, result.cpu_seconds) == (Stop.TOO_LARGE, 0.0)


def test_every_stop_says_whether_the_file_is_to_blame():
    blamed = {stop for stop in Stop if stop.blames_source}
    assert blamed == {
        Stop.MEMORY, Stop.CPU_TIME, Stop.OUTPUT, Stop.NO_FILE, Stop.NOT_REGULAR, Stop.LINKED, Stop.TOO_LARGE,
    }  # fmt: skip
