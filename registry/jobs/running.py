"""Starting jobs, each in a process of its own, and waiting for them."""

import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from registry.access.tokens import Token
from registry.jobs.keeping import Job
from registry.services import Services
from registry.uploads import take_turn

_COMMAND: Final = ("-m", "registry.jobs.process")
_MOMENT: Final = 0.1
"""Seconds between two looks whether a job is done."""


def start(services: Services, token: Token, fill: Callable[[Path], dict[str, Any]]) -> Job:
    """Begins a job of registry/jobs/tasks.py.

    Raises:
        StoreBusyError: this process works at as many as it may already.
        StoreError: no space left, or no right to write.
    """
    release = take_turn()
    begun = False
    try:
        job = services.jobs.put(token, fill)
        with job.running() as lock:
            process = _process(services, job, lock)
        threading.Thread(target=_follow, args=(job, process, release), daemon=True).start()
        begun = True
    finally:
        if not begun:
            release()
    return job


def wait(job: Job, seconds: float) -> bool:
    """Waits until the job is done, or its process has ended, for so many seconds at most; whether it is."""
    until = time.monotonic() + seconds
    while job.is_working():
        if time.monotonic() >= until:
            return False
        time.sleep(_MOMENT)
    return True


def _process(services: Services, job: Job, lock: int) -> "subprocess.Popen[bytes]":
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, *_COMMAND, job.id]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(lock,), env=environment)
    if process.stdin is not None:
        with process.stdin as pipe:
            pipe.write(services.settings.model_dump_json().encode())
    return process


def _follow(job: Job, process: "subprocess.Popen[bytes]", release: Callable[[], None]) -> None:
    """Gives the turn back when the work is done, which is a moment before the process has ended."""
    wait(job, math.inf)
    release()
    process.wait()
