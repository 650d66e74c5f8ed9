"""The processes that the query host was started for: it ends with the last of them."""

import os
import selectors
from contextlib import suppress


class Owners:
    """Processes by their ids, as long as they live."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        self._selector = selector
        self._descriptors: dict[int, int] = {}

    def __bool__(self) -> bool:
        return bool(self._descriptors)

    def watch(self, pid: int) -> None:
        """One more; nothing happens where it has ended already or is none, or no descriptor is left to watch it."""
        if pid <= 0 or pid in self._descriptors:
            return
        with suppress(OSError):
            descriptor = os.pidfd_open(pid)
            self._descriptors[pid] = descriptor
            self._selector.register(descriptor, selectors.EVENT_READ, lambda: self._ended(pid))

    def _ended(self, pid: int) -> None:
        descriptor = self._descriptors.pop(pid)
        self._selector.unregister(descriptor)
        os.close(descriptor)
