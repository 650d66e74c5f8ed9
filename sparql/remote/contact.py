"""When a data directory last heard from its remote store, and what was wrong: for `readyz` and `doctor`."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final

_FILE: Final = "remote-contact.json"


@dataclass(frozen=True, slots=True)
class Contact:
    """`at` is when it was asked, in seconds since 1970; `revision` the newest local one; `error` "" if it answered."""

    at: float
    revision: int
    error: str = ""


def note_contact(directory: Path, contact: Contact) -> None:
    """Notes it; that it cannot be noted is no reason not to go on."""
    with suppress(OSError):
        directory.mkdir(parents=True, exist_ok=True)
        fresh = directory / f".{_FILE}.{token_hex(4)}"
        fresh.write_text(json.dumps(asdict(contact)), encoding="utf-8")
        fresh.replace(directory / _FILE)


def last_contact(directory: Path) -> Contact | None:
    """What was noted last; None where nothing was."""
    try:
        return Contact(**json.loads((directory / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
