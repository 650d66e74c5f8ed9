"""Bytes that say they are UTF-8 and are not: read line by line, what is no UTF-8 as windows-1252; and UTF-16."""

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


_SAMPLE = 4096
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks, the longer before those that they begin with."""
_DECLARED = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][\w.-]+["']""")


def narrowed(data: bytes) -> tuple[bytes, str] | None:
    """A text in UTF-16 or UTF-32 as UTF-8, and what it was; None for any other."""
    encoding = next((name for mark, name in _WIDE if data.startswith(mark)), "") or _unmarked(data[:_SAMPLE])
    if not encoding:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return _DECLARED.sub(r"\1", text, count=1).encode("utf-8", "surrogatepass"), encoding.upper()


def _unmarked(sample: bytes) -> str:
    """The encoding of a text of mostly Latin letters whose every other byte is null, "" for any other."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nulls, letters = sample[first::2], sample[1 - first :: 2]
        if letters and nulls.count(0) > 0.9 * len(nulls) and not letters.count(0):
            return encoding
    return ""
