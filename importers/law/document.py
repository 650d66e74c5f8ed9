"""An act or regulation as plain data, whatever form of exchange it came in: what definitions are looked for in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from importers.law.identifiers import Refid
from importers.law.instructions import Operation, Part


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (ledd) or a list item: its own text, the items below it, and the text that goes on after them.

    `label` is the item's mark as written ("a.", "1.", "-"); "" for a paragraph.
    """

    text: str
    label: str = ""
    items: tuple["Paragraph", ...] = ()
    continuation: str = ""

    def full_text(self) -> str:
        """Everything, a line for each item with its label."""
        lines = [self.text, *(f"{item.label} {item.full_text()}".strip() for item in self.items), self.continuation]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class MarkedDefinition:
    """A definition that the form itself marks as one; `alternatives` are other words for the same."""

    term: str
    text: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: `number` as written ("Kapittel 5", "" where it has none), `name` as its IRI ends ("kapittel-5").

    `part` is the part of the act ("Første del", "Del II") that it stands in.
    """

    name: str
    number: str
    title: str = ""
    part: "Chapter | None" = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section (paragraf) or article: `number` as written ("§ 1-2"), `name` as its IRI ends ("1-2").

    Text that stands in a chapter above its sections is a section with the chapter's name. `cites` holds the references
    that the form marks, as ``lov/1990-06-29-50/§4-11``; `marked` the definitions that it marks, which are then all that
    the section has.
    """

    name: str
    number: str
    title: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    chapter: Chapter | None = None
    cites: tuple[str, ...] = ()
    marked: tuple[MarkedDefinition, ...] = ()

    def full_text(self) -> str:
        """The text of all paragraphs, without the heading."""
        return "\n".join(filter(None, (paragraph.full_text() for paragraph in self.paragraphs)))


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of another act: what is to be done (`instruction`, as written) and the new text.

    `act` is the one that is changed, None where the document does not say; `number` the section ("§ 1-2"), "" where
    none is named; `parts` what is below it. `operation` is "other" where the instruction is not understood.
    """

    instruction: str
    operation: Operation
    act: Refid | None
    number: str = ""
    parts: tuple[Part, ...] = ()
    title: str = ""
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """One act or regulation. `based_on` and `changes` hold references as ``lov/1990-06-29-50/§4-11``.

    `amending`: the document does nothing but change others; what it inserts is not its own. Dates are ISO 8601 or "";
    `in_force` is the first day that any of it is in force, `all_in_force` the day that all of it is, where there is one
    such day. `modified` is the day of the last change that the text includes, `last_change` the document that made it.
    `transposes` are the acts of the EU that it makes law, by their CELEX numbers.
    """

    refid: Refid
    title: str
    language: Literal["nb", "nn"] = "nb"
    short_title: str = ""
    abbreviation: str = ""
    ministry: tuple[str, ...] = ()
    in_force: str = ""
    all_in_force: str = ""
    modified: str = ""
    last_change: str = ""
    legal_areas: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    transposes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    amending: bool = False
    sections: tuple[Section, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)
