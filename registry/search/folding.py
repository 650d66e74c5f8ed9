"""How texts are compared in search: case folded, white space single, accents removed.

Norwegian and Sámi letters are letters of their own and stay.
"""

import re
import unicodedata

_KEPT = frozenset("æøåäöčđŋšŧž")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text as the index holds it and as a question is asked: "Idé  Ågård" -> "ide ågård"."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    letters = (letter if letter in _KEPT else _without_accent(letter) for letter in lowered)
    return _SPACES.sub(" ", "".join(letters)).strip()


def _without_accent(letter: str) -> str:
    if letter.isascii():
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
