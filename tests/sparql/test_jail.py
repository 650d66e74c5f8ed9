import multiprocessing
import resource
import socket
from pathlib import Path

import pytest

from sparql.query_host.jail import confine, limit_memory, refuse_sockets


def in_child(function, *arguments):
    """Runs it in a process of its own; returns what it returned."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(function(*arguments)))
    process.start()
    assert ours.poll(10)
    answer = ours.recv()
    process.join(10)
    for end in (ours, theirs):
        end.close()
    return answer


def tries_a_socket():
    if not refuse_sockets():
        return "no seccomp"
    try:
        socket.socket().close()
    except PermissionError:
        return "refused"
    return "open"


def tries_all(needs_files):
    confine(100 << 20, needs_files=needs_files)
    outcome = []
    for attempt in (
        lambda: socket.socket().close(),
        lambda: Path("/dev/null").open().close(),
        lambda: bytearray(400 << 20),
    ):
        try:
            attempt()
            outcome.append("done")
        except (OSError, MemoryError) as error:
            outcome.append(type(error).__name__)
    return outcome


def test_the_kernel_refuses_sockets():
    if (answer := in_child(tries_a_socket)) == "no seccomp":
        pytest.skip("this kernel has no seccomp filters: workers on disk fall back to having no descriptors")
    assert answer == "refused"


def test_a_confined_process_has_no_network_no_files_and_an_end_of_memory():
    network, files, memory = in_child(tries_all, False)
    assert network in ("PermissionError", "OSError")
    assert files == "OSError"
    assert memory == "MemoryError"


def test_a_confined_process_that_needs_files_has_them_and_no_network():
    network, files, memory = in_child(tries_all, True)
    assert network in ("PermissionError", "OSError")
    assert files == ("done" if network == "PermissionError" else "OSError")
    assert memory == "MemoryError"


def confined_under(limit):
    size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + limit, size + limit))
    confine(4 << 30, needs_files=True)
    limit_memory(4 << 30)
    return resource.getrlimit(resource.RLIMIT_AS)[0] - size


def test_a_limit_that_the_server_was_started_with_is_never_raised():
    assert in_child(confined_under, 300 << 20) == 300 << 20
