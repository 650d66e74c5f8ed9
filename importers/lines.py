"""Line and column of places in a text, found without reading the text again for each."""

import re
from bisect import bisect_right


class Lines:
    """The lines of one text; they and the columns count from one."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at an offset."""
        line = self.line(offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """The line of the character at an offset."""
        return bisect_right(self._starts, offset)

    def __len__(self) -> int:
        return len(self._starts)
