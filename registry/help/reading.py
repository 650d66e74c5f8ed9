"""The help pages: what each topic says, section by section, in bokmål, nynorsk and English.

Reads: ``topics/*.toml``. Writes: nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from registry.catalogue.texts import LANGUAGES, Language

TOPICS = ("concepts", "coordination", "sharing", "queries", "operations")
"""In the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Said:
    """A section in one language: paragraphs, then points of a list."""

    heading: str
    text: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a topic: `links` are pages of the register, `code` an example of a query or of commands."""

    id: str
    said: Mapping[Language, Said]
    links: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """One help page."""

    name: str
    title: Mapping[Language, str]
    lead: Mapping[Language, str]
    sections: tuple[Section, ...]

    def as_json(self, language: Language) -> dict[str, Any]:
        """The topic in one language."""
        return {
            "topic": self.name,
            "title": self.title[language],
            "lead": self.lead[language],
            "sections": [
                {
                    "id": each.id,
                    "heading": each.said[language].heading,
                    "text": [*each.said[language].text, *each.said[language].points],
                    "code": each.code or None,
                    "links": list(each.links),
                }
                for each in self.sections
            ],
        }


@cache
def topics() -> tuple[Topic, ...]:
    """Every help page."""
    return tuple(_topic(name) for name in TOPICS)


def _topic(name: str) -> Topic:
    held = tomllib.loads(files(__package__).joinpath("topics", f"{name}.toml").read_text(encoding="utf-8"))
    title = {language: held["title"][language] for language in LANGUAGES}
    lead = {language: held["lead"][language] for language in LANGUAGES}
    return Topic(name, title, lead, tuple(map(_section, held["section"])))


def _section(held: Mapping[str, Any]) -> Section:
    said = {language: _said(held[language]) for language in LANGUAGES}
    return Section(held["id"], said, tuple(held.get("links", ())), held.get("code", "").strip())


def _said(held: Mapping[str, Any]) -> Said:
    return Said(held["heading"], tuple(held["text"]), tuple(held.get("points", ())))
