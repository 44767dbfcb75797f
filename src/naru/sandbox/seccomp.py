"""seccomp: from now on the kernel answers "not permitted" to network, new processes and meddling calls.

A filter in classic BPF, as `linux/seccomp.h` and `linux/filter.h` define it. It names what is refused
instead of what is allowed, because parsers, allocators and threads of several libraries run under it.
Threads stay allowed; the address space bounds their number.
"""

import ctypes
import os
import platform
import resource
import struct

# name: its number on x86_64 and on aarch64; None where the architecture lacks the call
REFUSED: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "sendmmsg": (307, 269),
    "bind": (49, 200),
    "listen": (50, 201),
    "socketpair": (53, 199),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "setrlimit": (160, 164),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
}
# architecture: its audit number, its column above, and its numbers of clone, clone3, tgkill, prlimit64
ARCHITECTURES = {
    "x86_64": (0xC000003E, 0, (56, 435, 234, 302)),
    "aarch64": (0xC00000B7, 1, (220, 435, 131, 261)),
}
X32 = 0x40000000  # the second numbering of x86_64
CLONE_THREAD = 0x00010000
PERMISSION, MISSING = 1, 38  # EPERM; ENOSYS makes the C library fall back from clone3 to clone
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in seccomp_data; arguments are 8 bytes each
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2  # prctl


def forbid() -> bool:
    """Install the filter for this process; False where kernel or architecture do not offer it."""
    if platform.machine() not in ARCHITECTURES:
        return False
    code = program(platform.machine(), os.getpid())
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(SET_SECCOMP, FILTER, header, 0, 0) == 0)


def forbid_processes() -> None:
    """The poor man's lock where there is no filter: no process or thread more for this user."""
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def program(machine: str, own: int) -> bytes:
    """The filter for an architecture: 8 bytes an instruction; `own` is the process that may stop itself."""
    audit, column, (clone, clone3, tgkill, prlimit) = ARCHITECTURES[machine]
    refuse = _op(RETURN, ERRNO | PERMISSION)
    lines = [_op(LOAD, ARCHITECTURE), _op(EQUAL, audit, 1, 0), _op(RETURN, KILL), _op(LOAD, NUMBER)]
    lines += [_op(AT_LEAST, X32, 0, 1), refuse]
    for numbers in REFUSED.values():
        if numbers[column] is not None:
            lines += [_op(EQUAL, numbers[column] or 0, 0, 1), refuse]
    lines += [_op(EQUAL, clone3, 0, 1), _op(RETURN, ERRNO | MISSING)]
    # a thread, yes; a process, no
    lines += [_op(EQUAL, clone, 0, 3), _op(LOAD, ARGUMENTS), _op(ANY_BIT, CLONE_THREAD, 1, 0), refuse]
    lines += [_op(LOAD, NUMBER), _op(EQUAL, tgkill, 0, 3)]
    lines += [_op(LOAD, ARGUMENTS), _op(EQUAL, own, 1, 0), refuse]
    # prlimit reads limits when its third argument is null; both halves of the pointer are looked at
    lines += [_op(LOAD, NUMBER), _op(EQUAL, prlimit, 0, 5)]
    lines += [_op(LOAD, ARGUMENTS + 16), _op(EQUAL, 0, 0, 2)]
    lines += [_op(LOAD, ARGUMENTS + 20), _op(EQUAL, 0, 1, 0), refuse]
    return b"".join([*lines, _op(RETURN, ALLOW)])


def _op(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    """One instruction; `then` and `otherwise` are how many instructions a comparison skips."""
    return struct.pack("=HBBI", code, then, otherwise, value)
