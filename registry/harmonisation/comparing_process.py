"""The process that compares pairs for `registry.harmonisation.parallel`: batches on standard input, verdicts on output.

First comes what pairs are judged by, then batches; each is answered with the verdicts in its order. It knows no store,
and ends when its input ends: when whoever started it is done, or is no more.
"""

import gc
import os
import pickle
import sys
from typing import BinaryIO

from registry.harmonisation.comparison import compare, prepare
from registry.harmonisation.parallel import Batch, Judging


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Reads batches and writes verdicts, one after the other."""
    judging: Judging = pickle.load(stdin)  # noqa: S301 - from the parent
    judging.take_over()
    prepare()
    gc.freeze()
    while True:
        try:
            batch: Batch = pickle.load(stdin)  # noqa: S301 - from the parent
        except EOFError:
            return
        pickle.dump([compare(a, b, circles=False) for a, b in batch], stdout, pickle.HIGHEST_PROTOCOL)
        stdout.flush()


if __name__ == "__main__":
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints does not spoil the answers
        main(sys.stdin.buffer, answers)
