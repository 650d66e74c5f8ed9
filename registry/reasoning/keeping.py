"""HermiT's answers kept in ``state.db``, since a page cannot wait for it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from registry.access.state import State

_SCHEMA = files(__package__).joinpath("answers.sql").read_text(encoding="utf-8")
_GET = "SELECT asked, state, document FROM reasoned WHERE model = ?"
_PUT = "INSERT OR REPLACE INTO reasoned (model, asked, state, document) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class HermitAnswer:
    """Which classes of a model HermiT found that nothing can be in, when (ISO 8601, UTC), in which state of its graph.

    `refused` says why it gave no answer, "" where it did.
    """

    asked: str
    state: str
    unsatisfiable: tuple[str, ...] = ()
    refused: str = ""

    def as_json(self) -> dict[str, Any]:
        """The answer."""
        return {"asked": self.asked, "unsatisfiable": list(self.unsatisfiable), "refused": self.refused}


class ReasonedStore:
    """The answers of one register."""

    def __init__(self, path: Path) -> None:
        self._state = State(path, _SCHEMA)

    def get(self, model: str) -> HermitAnswer | None:
        """The last answer about a model; None where HermiT was never asked."""
        if not self._state.has("reasoned"):
            return None
        with self._state.connect() as database:
            row = database.execute(_GET, (model,)).fetchone()
        if row is None:
            return None
        document = json.loads(row["document"])
        return HermitAnswer(row["asked"], row["state"], tuple(document["unsatisfiable"]), document["refused"])

    def put(self, model: str, answer: HermitAnswer) -> None:
        """Keeps an answer in the place of an earlier one."""
        with self._state.connect(write=True) as database:
            database.execute(_PUT, (model, answer.asked, answer.state, json.dumps(answer.as_json())))


def now() -> str:
    """This moment, as answers have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
