"""A clock that tests set: Python imports this as it starts, where this folder is on PYTHONPATH.

The file that TEST_CLOCK names holds hours, which are added to the time of day; they may change while the process runs.
"""

import datetime as dt
import os
import time
from pathlib import Path

_real, _time = dt.datetime, time.time
_file = Path(os.environ["TEST_CLOCK"])


def shifted() -> float:
    return _time() + 3600 * float(_file.read_text() or 0)


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _real)


class _Shifted(_real, metaclass=_AnyDatetime):
    @classmethod
    def now(cls, tz=None):
        return _real.fromtimestamp(shifted(), tz)


time.time = shifted
dt.datetime = _Shifted
