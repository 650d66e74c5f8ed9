"""Words of a draft that leave a judgement to whoever applies it: information, no fault."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from registry.draft_check.answer import Discretion
from registry.harmonisation.packs import alternatives


def discretion(texts: Iterable[tuple[str, str]], language: str) -> tuple[Discretion, ...]:
    """The words, the most used first, and the sections (number, text) that have them."""
    found: dict[str, dict[str, None]] = {}
    for section, text in texts:
        for match in _words(language).finditer(text):
            sections = found.setdefault(" ".join(match.group().casefold().split()), {})
            if section:
                sections[section] = None
    return tuple(
        Discretion(words, tuple(sections))
        for words, sections in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


@cache
def _words(language: str) -> re.Pattern[str]:
    text = files("registry.draft_check").joinpath("data", "discretion.toml").read_text(encoding="utf-8")
    return re.compile(rf"(?<!\w)(?:{alternatives(tomllib.loads(text)[language])})(?!\w)", re.IGNORECASE)
