"""What takes seconds to read from a generation, noted down for the processes that come later.

A note is a JSON file in `notes/` of the data directory with the generation and the program that it is of. Notes can be
thrown away at any time: what is not there, or cannot be read, is made again.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import update_wrapper
from itertools import chain
from pathlib import Path
from secrets import token_hex
from typing import Any, Concatenate, ParamSpec, TypeVar

from pyoxigraph import Quad

from registry.catalogue.per_generation import per_generation
from registry.version import installed_version
from sparql.store import Published, Reader

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted, as JSON has it, and the identity of the generation that it was read from."""

    identity: str
    content: Any


def noted_down(reader: Published, name: str) -> Note | None:
    """The newest note of a name, of whatever generation; None where there is none that this program made."""
    try:
        document = json.loads(_place(reader, name).read_bytes())
        if document["program"] == installed_version():
            return Note(document["generation"], document["content"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def note_down(reader: Published, name: str, content: object) -> None:
    """Notes something of this generation. That it cannot be written is no reason not to go on without."""
    document = {"program": installed_version(), "generation": reader.identity, "content": content}
    place = _place(reader, name)
    fresh = place.with_suffix(f".{token_hex(4)}")
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        try:
            fresh.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)


def noted(
    name: str, pack: Callable[[T], object], unpack: Callable[[Any], T]
) -> Callable[[Callable[Concatenate[Reader, P], T]], Callable[Concatenate[Reader, P], T]]:
    """Calls a function once per generation and arguments (words), in whatever process; `pack` gives JSON."""

    def decorated(function: Callable[Concatenate[Reader, P], T]) -> Callable[Concatenate[Reader, P], T]:
        @per_generation
        def looking(reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if not isinstance(reader, Published):
                return function(reader, *args, **kwargs)
            called = "-".join((name, *map(str, (*args, *kwargs.values()))))
            note = noted_down(reader, called)
            if note and note.identity == reader.identity:
                with suppress(ValueError, KeyError, TypeError):
                    return unpack(note.content)
            found = function(reader, *args, **kwargs)
            note_down(reader, called, pack(found))
            return found

        update_wrapper(looking, function)
        return looking

    return decorated


def kept_until(
    matters: Callable[[Reader, Sequence[Quad]], bool],
    name: str,
    pack: Callable[[T], object],
    unpack: Callable[[Any], T],
) -> Callable[[Callable[[Reader], T]], Callable[[Reader], T]]:
    """Calls a function again only after changes that matter to it, in whatever process it was called before."""

    def decorated(function: Callable[[Reader], T]) -> Callable[[Reader], T]:
        @per_generation
        def looking(reader: Reader) -> T:
            if not isinstance(reader, Published):
                return function(reader)
            for identity, value in chain(_latest.get(name, ()), _unpacked(reader, name, unpack)):
                changes = reader.changes_since(identity)
                if changes is not None and not matters(reader, changes):
                    found: T = value
                    break
            else:
                found = function(reader)
                note_down(reader, name, pack(found))
            _latest[name] = [(reader.identity, found)]
            return found

        update_wrapper(looking, function)
        return looking

    return decorated


_latest: dict[str, list[tuple[str, Any]]] = {}
"""What this process knows under a name, with the identity of the generation in which it holds."""


def _unpacked(reader: Published, name: str, unpack: Callable[[Any], T]) -> Iterator[tuple[str, T]]:
    if note := noted_down(reader, name):
        with suppress(AttributeError, TypeError, ValueError):  # another shape than ours
            yield note.identity, unpack(note.content)


def _place(reader: Published, name: str) -> Path:
    return reader.directory / "notes" / f"{name}.json"
