"""Language packs: how a language writes limits, exceptions, lists and quantifiers, as data files.

A pack is a TOML file of `language/packs/`, or of a further folder (`add_folder`). Packs of one `family` are read
together, a list or a table of one after that of the other; texts are compared within one family. A language without
a pack is compared by its figures and the symbols of units alone.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

_NEVER = "(?!)"
_folders: list[Traversable] = [files("registry.harmonisation").joinpath("language", "packs")]


class PackError(ValueError):
    """A file in a folder of packs that is no pack; says which and why."""


def add_folder(folder: Path) -> None:
    """Reads the packs of a further folder from now on: languages that texts were not compared in before.

    Raises:
        PackError: no folder, or a file in it is no pack.
    """
    if not folder.is_dir():
        raise PackError(f"{folder} is no folder; give one that holds language packs (*.toml)")
    for file in sorted(folder.glob("*.toml")):
        _read(file)
    if folder not in _folders:
        _folders.append(folder)
    _packs.cache_clear()
    pack.cache_clear()
    words.cache_clear()


def added_folders() -> tuple[Path, ...]:
    """The folders that `add_folder` was given."""
    return tuple(folder for folder in _folders[1:] if isinstance(folder, Path))


def _read(file: Traversable) -> dict[str, Any]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file} is no TOML: {error}") from error
    if not isinstance(content.get("family"), str):
        raise PackError(f'{file} names no family; add a line such as family = "da", the language tag')
    return content


@cache
def _packs() -> tuple[dict[str, Any], ...]:
    found = (file for folder in _folders for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(_read(file) for file in sorted(found, key=lambda file: file.name))


def families() -> tuple[str, ...]:
    """The language families that have a pack."""
    return tuple(dict.fromkeys(one["family"] for one in _packs()))


@cache
def pack(family: str) -> dict[str, Any]:
    """All that the packs of a language family say; {} for a language that has none."""
    merged: dict[str, Any] = {}
    for one in _packs():
        if one["family"] == family:
            merged = _merged(merged, one)
    return merged


def _merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Both tables: lists and lines of words joined, tables within merged, else the first value that was given."""
    found = dict(first)
    for key, value in second.items():
        old = found.get(key)
        if isinstance(old, dict):
            found[key] = _merged(old, value)
        elif isinstance(old, list) and key != "months":
            found[key] = [*old, *(one for one in value if one not in old)]
        elif key == "stop" and isinstance(old, str):
            found[key] = f"{old} {value}"
        else:
            found.setdefault(key, value)
    return found


def table(family: str, *path: str) -> dict[str, Any]:
    """A table of a family's packs; {} if they have none."""
    found: Any = pack(family)
    for key in path:
        found = found.get(key, {})
    return dict(found)


@cache
def words(family: str, *path: str) -> list[str]:
    """A list of words of a family's packs; [] if they have none. Every word of every text is held against some."""
    found: list[str] = table(family, *path[:-1]).get(path[-1], [])
    return found


def alternatives(phrases: Iterable[str]) -> str:
    """The phrases as one pattern, longest first, blanks matching any white space; of none a pattern without match."""
    found = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(set(phrases), key=len, reverse=True))
    return "|".join(found) or _NEVER


_ONE_WORD = re.compile(r"\w+")


class Marks(NamedTuple):
    """What a text must have to have one of some phrases: all words of one, casefolded, or a phrase without words.

    `longest` has a word of each phrase, so that most texts are told apart at once.
    """

    longest: frozenset[str]
    words: tuple[frozenset[str], ...]
    signs: tuple[str, ...]

    def may_stand_in(self, text: str) -> bool:
        """Whether one of the phrases may stand in a text, as whole words; False spares a search, which is dear."""
        said = _words_in(text)
        if not self.longest.isdisjoint(said) and any(words <= said for words in self.words):
            return True
        return any(sign in text for sign in self.signs)


def marks(phrases: Iterable[str]) -> Marks:
    """What tells that one of some phrases may stand in a text."""
    found = {phrase: _ONE_WORD.findall(phrase.casefold()) for phrase in phrases}
    several = dict.fromkeys(frozenset(words) for words in found.values() if words)
    longest = frozenset(max(words, key=len) for words in several)
    return Marks(longest, tuple(several), tuple(phrase.strip() for phrase, words in found.items() if not words))


@lru_cache(maxsize=4_000)
def _words_in(text: str) -> frozenset[str]:
    return frozenset(_ONE_WORD.findall(text.casefold()))


@cache
def _marks_of(family: str, path: tuple[str, ...]) -> Marks:
    return marks(words(family, *path))


def may_say(text: str, family: str, *path: str) -> bool:
    """Whether a match of a list's `pattern` may stand in a text: most texts have none of the words that it takes."""
    return _marks_of(family, path).may_stand_in(text)


@cache
def _phrases(family: str, path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrase.casefold() for phrase in words(family, *path))


def is_phrase(text: str, family: str, *path: str) -> bool:
    """Whether a text without blanks is one of a list's phrases, case ignored, as a full match of its `pattern` is."""
    return text.casefold() in _phrases(family, path)


@cache
def pattern(family: str, *path: str) -> re.Pattern[str]:
    """A list of phrases of a family's packs as a pattern of whole words, case ignored."""
    return whole(words(family, *path))


def whole(phrases: Iterable[str]) -> re.Pattern[str]:
    """Phrases as a pattern of whole words, case ignored; a phrase may begin with a comma (", også")."""
    return re.compile(rf"(?:(?<!\w)|(?=,))(?:{alternatives(phrases)})(?!\w|-\w)", re.IGNORECASE)


def matches(text: str, family: str, *path: str) -> Iterator[re.Match[str]]:
    """Where a text has a phrase of a list, as its `pattern` finds it."""
    return pattern(family, *path).finditer(text) if may_say(text, family, *path) else iter(())
