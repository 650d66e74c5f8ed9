"""Themes: saved filters with an address, a title and a text. Some are configured, one is made for every event."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import DCT
from registry.browsing.choosing import Choice
from registry.browsing.further import FACETS, Facets
from registry.browsing.shelf import members
from registry.catalogue.labels import labelled
from registry.catalogue.texts import LANGUAGES, Text, Texts, texts_of
from registry.errors import ConfigurationError
from sparql.store import Reader

Filter = Mapping[str, tuple[str, ...]]
"""Values by facet."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MEMBERS = {"id", "title", "text", "filter"}
_SHORT = 10


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: what one of its filters lets through belongs to it. `event` is the event that it is made for, or ""."""

    id: str
    title: Texts
    text: Texts
    filters: tuple[Filter, ...]
    event: str = ""

    def things(self, facets: Facets) -> int:
        """The set of its things."""
        found = 0
        for each in self.filters:
            found |= Choice(facets, each).chosen
        return found


def themes(reader: Reader, facets: Facets, configured: Iterable[Theme]) -> dict[str, Theme]:
    """Every theme by id: those that are configured, then one for each event of the register, by its place there."""
    shelf = facets.shelf
    events = members(facets.sets.get("kind", {}).get("event", 0), range(len(shelf.uris)))
    made = (_of_event(reader, shelf.uris[number]) for number in events)
    return {theme.id: theme for theme in (*made, *configured)}


def _of_event(reader: Reader, uri: str) -> Theme:
    said = texts_of(quad.object for quad in reader.quads(NamedNode(uri), DCT.description))
    name = f"event-{sha256(uri.encode()).hexdigest()[:_SHORT]}"
    return Theme(name, labelled(reader, uri).label, said, ({"event": (uri,)},), uri)


@cache
def configured_themes(path: Path | None) -> tuple[Theme, ...]:
    """The themes that come with the register, and those of an operator's file.

    Raises:
        ConfigurationError: the file cannot be read, or something in it is no theme.
    """
    own = files(__package__).joinpath("ready_made_themes.toml").read_text(encoding="utf-8")
    found = _read(own, "ready_made_themes.toml")
    if path is not None:
        try:
            found |= _read(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"SAMSVAR_THEMES: {path} cannot be read: {error}.") from error
    return tuple(found.values())


def _read(text: str, name: str) -> dict[str, Theme]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"SAMSVAR_THEMES: {name} cannot be read as TOML: {error}.") from error
    listed = document.get("theme")
    if document.keys() != {"theme"} or not isinstance(listed, list):
        raise _wrong(name, "it consists of [[theme]] tables and nothing else")
    found = [_theme(said, f"{name}, theme {number}") for number, said in enumerate(listed, 1)]
    return {theme.id: theme for theme in found}


def _theme(said: Any, place: str) -> Theme:
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not _ID.fullmatch(said["id"]):
        raise _wrong(place, 'id is needed: small letters, digits and hyphens, such as "public-transport"')
    if unknown := sorted(said.keys() - _MEMBERS):
        raise _wrong(place, f"{unknown[0]} is no member; a theme has {', '.join(sorted(_MEMBERS))}")
    filters = said.get("filter")
    if not isinstance(filters, list) or not filters:
        raise _wrong(place, "at least one [[theme.filter]] is needed")
    title = _texts(said.get("title"), f"{place}, title")
    text = _texts(said.get("text", {"nb": ""}), f"{place}, text")
    return Theme(said["id"], title, text, tuple(_filter(each, place) for each in filters))


def _texts(said: Any, place: str) -> Texts:
    known = isinstance(said, dict) and said and said.keys() <= set(LANGUAGES)
    if not known or not all(isinstance(words, str) for words in said.values()):
        raise _wrong(place, f"a text for each language is needed, of {', '.join(LANGUAGES)}")
    return tuple(Text(words, language) for language, words in said.items() if words)


def _filter(said: Any, place: str) -> Filter:
    if not isinstance(said, dict) or not said:
        raise _wrong(place, "a filter has facets, each with a list of values")
    for facet, values in said.items():
        if facet not in FACETS:
            raise _wrong(place, f"{facet} is no facet; there are {', '.join(FACETS)}")
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise _wrong(place, f"{facet} is a list of values, each a text")
    return {facet: tuple(values) for facet, values in said.items()}


def _wrong(place: str, reason: str) -> ConfigurationError:
    return ConfigurationError(f"SAMSVAR_THEMES: {place}: {reason}.")
