"""The words of exports, which need no page: by key and language."""

import tomllib
from functools import cache
from importlib.resources import files


def word(key: str, language: str, **values: object) -> str:
    """A sentence of `data/words.toml` in nb, nn or en, its blanks filled in."""
    return _words()[key][language].format(**values)


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("registry.draft_check").joinpath("data", "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def doubt_in_words(doubt: str, language: str) -> str:
    """Why an amendment is not applied, in a language."""
    return (_words().get(f"doubt: {doubt}") or _words()["doubt: unsure"])[language]
