"""The process of one job: its id as argument, the register's settings as JSON on standard input.

What it takes of memory goes when it ends, and where memory runs out it is this process that does, not the server.
"""

import json
import resource
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from registry.errors import PROBLEMS
from registry.jobs.keeping import Step
from registry.jobs.tasks import work
from registry.services import build_services
from registry.settings import Settings

_FIRST_TO_GO = "500"
"""How readily the kernel ends this process when memory runs out, from -1000 to 1000; others have 0."""


def main(name: str, settings: str) -> None:
    """Does the job of this id."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    services = build_services(Settings(**json.loads(settings)))
    job = services.jobs.get(name)

    def say(progress: str) -> None:
        step, _, about = progress.partition(" ")
        job.say(Step(step, about, datetime.now(UTC).isoformat(timespec="seconds")))

    try:
        job.finish(work(services, job, say))
    except tuple(kind for kind, _ in PROBLEMS) as error:
        job.fail(error)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.read())
