"""What a child may not do, tried from Python and through the C library past every hook of Python."""

import ctypes
import errno
import struct
from pathlib import Path

import pytest

from naru.sandbox import Limits, run
from naru.sandbox.seccomp import ARCHITECTURES, REFUSED, program

TASKS = (Path(__file__).parent,)


def attempt(task, **arguments):
    return run(f"hostile_tasks.{task}", b"x", limits=Limits(), arguments=arguments, importable=TASKS)


@pytest.fixture
def outside(tmp_path):
    (tmp_path / "kept").write_text("kept", encoding="utf-8")
    return tmp_path


# what this machine's kernel grants without privileges; seccomp is on every kernel we know of
LANDLOCK = ctypes.CDLL(None).syscall(444, None, 0, 1) >= 1


def untouched(folder):
    return [path.name for path in folder.iterdir()] == ["kept"] and (folder / "kept").read_text() == "kept"


def test_python_code_gets_neither_network_nor_programs_nor_files(outside):
    result = attempt("from_python", outside=str(outside))
    assert result.stopped is None, result.detail
    assert set(result.value.values()) <= {"PermissionError", "OSError"}
    assert untouched(outside)


def test_the_kernel_refuses_the_same_to_native_code(outside):
    result = attempt("from_c", outside=str(outside))
    assert result.confined_by == (("landlock", "seccomp") if LANDLOCK else ("seccomp",))
    calls = {"socket", "unix", "fork", "exec", "kill", "ptrace", "limits"}
    assert {result.value[name] for name in calls} == {errno.EPERM}
    if LANDLOCK:
        assert {result.value[name] for name in result.value.keys() - calls} == {errno.EACCES}
        assert untouched(outside)


def test_a_fork_bomb_makes_no_process():
    assert attempt("fork_bomb").value == 0


def test_threads_of_a_library_still_run():
    assert attempt("threads").value == 3


def instructions(machine):
    return [struct.unpack("=HBBI", part) for part in _chunks(program(machine, 4711))]


def _chunks(code):
    return [code[place : place + 8] for place in range(0, len(code), 8)]


def verdict(machine, number, arguments=(0,) * 6, audit=None):
    """What the filter answers to a system call, by the rules of classic BPF."""
    data = struct.pack("=iIQ6Q", number, audit or ARCHITECTURES[machine][0], 0, *arguments)
    code, place, held = instructions(machine), 0, 0
    while True:
        what, then, otherwise, value = code[place]
        place += 1
        if what == 0x20:
            (held,) = struct.unpack_from("=I", data, value)
        elif what == 0x06:
            return value
        else:
            met = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[what]
            place += then if met else otherwise


ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_says_the_same_on_each_architecture(machine):
    column = ARCHITECTURES[machine][1]
    clone, clone3, tgkill, prlimit = ARCHITECTURES[machine][2]
    refused = {numbers[column] for numbers in REFUSED.values()} - {None}
    assert {verdict(machine, number) for number in refused} == {EPERM}
    special = {clone, clone3, tgkill, prlimit}
    others = [number for number in range(460) if number not in refused | special]
    assert {verdict(machine, number) for number in others} == {ALLOW}
    assert (verdict(machine, clone), verdict(machine, clone, (0x10000, 0, 0, 0, 0, 0))) == (EPERM, ALLOW)
    assert verdict(machine, clone3) == ENOSYS
    assert (verdict(machine, tgkill, (4711,) + (0,) * 5), verdict(machine, tgkill, (1,) + (0,) * 5)) == (
        ALLOW,
        EPERM,
    )
    assert verdict(machine, prlimit) == ALLOW
    assert {verdict(machine, prlimit, (0, 9, pointer, 0, 0, 0)) for pointer in (1, 1 << 32)} == {EPERM}
    assert verdict(machine, 1 | 0x40000000) == EPERM
    assert verdict(machine, 1, audit=0x40000003) == KILL
