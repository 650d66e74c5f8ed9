"""What a query worker gives up before it sees a query: network, files, memory without end. Linux only, no privileges.

The network goes twice: no descriptor can be opened (`RLIMIT_NOFILE` 0), and the kernel refuses `socket()` (seccomp).
A worker on disk needs descriptors, because the engine opens its files when it first reads them: there seccomp stands
alone, and where the kernel has none the limit stands in its place, at the price of queries that fail.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_SYSCALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine to the kernel's number for its architecture (AUDIT_ARCH_*) and for socket()."""
_SLACK = 64 << 20


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def die_with_parent() -> None:
    """Asks the kernel to kill this process when its parent ends."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def refuse_sockets() -> bool:
    """From here on `socket()` fails in this thread and in those that it starts; False where the kernel cannot."""
    if platform.machine() not in _SYSCALLS:
        return False
    architecture, number = _SYSCALLS[platform.machine()]
    instructions = b"".join(
        struct.pack("=HBBI", *each)
        for each in (
            (_LOAD_WORD, 0, 0, 4),
            (_JUMP_IF_EQUAL, 0, 3, architecture),
            (_LOAD_WORD, 0, 0, 0),
            (_JUMP_IF_EQUAL, 1, 0, number),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        )
    )
    program = _Program(6, instructions)
    kernel = ctypes.CDLL(None)
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    refused: int = kernel.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return refused == 0


def limit_memory(memory: int) -> None:
    """From here on this process may use `memory` bytes beyond what it has now; may be called again."""
    resource.setrlimit(resource.RLIMIT_AS, (_up_to(memory), resource.getrlimit(resource.RLIMIT_AS)[1]))


def lift_memory_limit() -> None:
    """Takes back what limit_memory() did, for work that the limit is not meant for."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def confine(memory: int, *, needs_files: bool) -> None:
    """Limits this process: `memory` bytes beyond what it has now, no core file, no network, no files unless needed."""
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as stream:  # noqa: PTH123 - not a file, a switch
        stream.write("500")
    limit = _up_to(memory)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not refuse_sockets() or not needs_files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _up_to(memory: int) -> int:
    """The address space that this process may have; never more than whoever started the server allows (`ulimit -v`)."""
    with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123 - not a file, a window
        inherited = int(stream.read().split()[0]) * resource.getpagesize()
    wanted, hard = inherited + memory + _SLACK, resource.getrlimit(resource.RLIMIT_AS)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
