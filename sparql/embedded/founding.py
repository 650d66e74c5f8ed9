"""A register that begins with what another one said, under the number that it had there: its next generation follows.

What points to generations by number (imports, versions, the journal) thus goes on to be right.
"""

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from sparql.embedded.files import storage_errors
from sparql.embedded.integrity import EMPTY, read_pointer
from sparql.embedded.locks import exclusive
from sparql.embedded.master import bury, dismiss
from sparql.embedded.publishing import begin, publish
from sparql.embedded.session import EmbeddedSession
from sparql.errors import StoreError

_WAIT = 30.0


def found(directory: Path, uri_base: str, number: int, fill: Callable[[EmbeddedSession], None]) -> None:
    """Publishes what `fill` writes as generation `number` of a data directory that has none.

    Raises:
        StoreError: it has one already.
        StoreFullError: no space left; nothing was published.
    """
    with storage_errors(directory), ExitStack() as stack:
        directory.mkdir(parents=True, exist_ok=True)
        stack.callback(bury, directory)
        stack.enter_context(exclusive(directory / "lock", _WAIT))
        pointer = read_pointer(directory)
        if pointer.generation:
            raise StoreError(f"{directory} holds a register already.")
        master = begin(directory, pointer, EMPTY, None)
        stack.callback(dismiss, directory, master)
        start = replace(EMPTY, generation=number - 1)
        session = stack.enter_context(closing(EmbeddedSession(master.opened, master.path, start)))
        fill(session)
        publish(directory, master, session, EMPTY, uri_base)
