"""A draft as plain data: its own sections, and what it changes in other acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from importers.law.document import Amendment, LegalDocument, Section
from importers.law.identifiers import parse_refid, section_name
from importers.law.instructions import Operation, parts_from
from importers.law.section_text import read_text, write_text

_OPERATIONS: dict[str, Operation] = {each: each for each in get_args(Operation)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft. `refid` is "" where it says no number; `based_on` holds references as ``lov/2003-07-04-80/§3``."""

    title: str = ""
    language: Literal["nb", "nn"] = "nb"
    refid: str = ""
    based_on: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @classmethod
    def of(cls, document: LegalDocument) -> "Draft":
        """The draft that an act in one of the forms of exchange is."""
        sections = () if document.amending else document.sections
        return cls(
            document.title, document.language, str(document.refid), document.based_on, sections, document.amendments
        )

    def as_json(self) -> dict[str, Any]:
        """The draft as the child process hands it over."""
        return {
            "title": self.title,
            "language": self.language,
            "refid": self.refid,
            "based_on": list(self.based_on),
            "sections": [
                {"number": each.number, "name": each.name, "title": each.title, "text": write_text(each.paragraphs)}
                for each in self.sections
            ],
            "amendments": [
                {
                    "instruction": each.instruction,
                    "operation": each.operation,
                    "act": str(each.act or ""),
                    "number": each.number,
                    "parts": "/".join(map(str, each.parts)),
                    "title": each.title,
                    "text": write_text(each.paragraphs),
                }
                for each in self.amendments
            ],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Draft":
        """The draft that `as_json` wrote."""
        return cls(
            document["title"],
            "nn" if document["language"] == "nn" else "nb",
            document["refid"],
            tuple(document["based_on"]),
            tuple(
                Section(each["name"], each["number"], each["title"], read_text(each["text"]))
                for each in document["sections"]
            ),
            tuple(_amendment(each) for each in document["amendments"]),
        )


def _amendment(document: Mapping[str, Any]) -> Amendment:
    return Amendment(
        document["instruction"],
        _OPERATIONS[document["operation"]],
        parse_refid(document["act"]),
        document["number"],
        parts_from(document["parts"]),
        document["title"],
        read_text(document["text"]),
    )


def section(number: str, title: str, paragraphs: tuple[Any, ...]) -> Section:
    """A section by its number as written."""
    return Section(section_name(number) or "innledning", number, title, paragraphs)
