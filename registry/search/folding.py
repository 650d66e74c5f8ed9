"""How texts are compared in search: case folded, white space single, accents removed.

Norwegian and Sámi letters are letters of their own and stay.
"""

import re
import unicodedata

_KEPT = frozenset("æøåäöčđŋšŧž")
_OTHER = re.compile(rf"[^\x00-\x7f{''.join(sorted(_KEPT))}]")


class _Folding(dict[int, str]):
    """A letter as it is compared, by its code; each is looked at once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = letter if letter in _KEPT or letter.isascii() else _without_accent(letter)
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text as the index holds it and as a question is asked: "Idé  Ågård" -> "ide ågård"."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    folded = lowered.translate(_FOLDING) if _OTHER.search(lowered) else lowered
    return " ".join(folded.split())


def _without_accent(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
