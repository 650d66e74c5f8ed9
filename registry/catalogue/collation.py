"""The order in which Norwegian lists stand: æ, ø, å after z, aa as å, without accents and capitals."""

import unicodedata
from functools import lru_cache

ALPHABET = (*"abcdefghijklmnopqrstuvwxyz", "æ", "ø", "å")
"""The letters of an A-Z list."""
OTHER = "#"
"""The heading of what begins with none of the letters."""

_LAST = {"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"}


@lru_cache(maxsize=65536)
def collation_key(text: str) -> str:
    """A key that sorts as a Norwegian reader expects: ``sorted(words, key=collation_key)``."""
    key = []
    for letter in unicodedata.normalize("NFC", text).casefold().replace("aa", "å"):
        if letter in _LAST:
            key.append(_LAST[letter])
        else:
            key.append("".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)))
    return "".join(key)


def initial(text: str) -> str:
    """The letter of the A-Z list under which the text stands, `OTHER` for none."""
    first = unicodedata.normalize("NFC", text.lstrip("«\"'(- ")).casefold().replace("aa", "å")[:1]
    folded = {"ä": "æ", "ö": "ø"}.get(first, first)
    if folded not in ALPHABET:
        folded = unicodedata.normalize("NFD", folded)[:1]
    return folded if folded in ALPHABET else OTHER
