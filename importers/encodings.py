"""Bytes that say they are UTF-8 and are not: read line by line, what is no UTF-8 as windows-1252."""

import re
from dataclasses import dataclass

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the lines that were no UTF-8 (from one), and whether other lines hold letters in UTF-8."""

    text: str
    wrong: tuple[int, ...] = ()
    mixed: bool = False

    @property
    def code(self) -> str:
        """The code of the repair, "" for a text that was UTF-8."""
        return ("encoding-mixed" if self.mixed else "encoding-assumed") if self.wrong else ""

    @property
    def shown(self) -> str:
        """Which lines were no UTF-8, for a report."""
        first = ", ".join(map(str, self.wrong[:5]))
        return f"line {first}{' and others' if len(self.wrong) > 5 else ''}"  # noqa: PLR2004 - as the line above


def decode_lines(data: bytes) -> Decoded | None:
    """The text of some bytes; None if they are no text."""
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        if len(_CONTROL.findall(data[:65_536])) > _MOST_CONTROL:
            return None
    lines: list[str] = []
    wrong: list[int] = []
    mixed = False
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
            mixed = mixed or not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode("windows-1252", "replace"))
            wrong.append(number)
    return Decoded("\n".join(lines), tuple(wrong), mixed)
