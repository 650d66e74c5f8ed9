"""One concept as a table or a JSON document says it, before anything is checked.

Every entry keeps the name of the column (or the JSON path) that it stood in, so that a report can point at it.
`importers.concepts.triples` checks the entries and makes triples of them.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from importers.report import Where

Audience: TypeAlias = Literal["", "public", "specialist"]
RelationKind: TypeAlias = Literal["associative", "generic", "partitive"]
RelationTarget: TypeAlias = Literal["", "generic", "specific", "whole", "part"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as written, without blanks at its ends; `language` is "" where it says nothing of language."""

    text: str
    column: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source as cited: words, a URI, or both."""

    text: str
    uri: str = ""
    column: str = ""

    def __str__(self) -> str:
        """The source as a table writes it: ``text|uri``."""
        return "|".join(filter(None, (self.text, self.uri)))


@dataclass(frozen=True, slots=True)
class DefinitionEntry:
    """One definition in its languages, for one audience ("" for everybody).

    `kind` is what its owner calls this sort of definition ("Faglig definisjon").
    """

    texts: tuple[Entry, ...]
    audience: Audience = ""
    relationship: Entry | None = None
    sources: tuple[SourceEntry, ...] = ()
    kind: Entry | None = None


@dataclass(frozen=True, slots=True)
class RelationEntry:
    """A relation from this concept to `target`.

    `role` says what the target is: ``generic`` or ``specific``, ``whole`` or ``part``, "" for an associative relation.
    `texts` are the criterion of subdivision, or the role of an associative relation.
    """

    kind: RelationKind
    target: Entry
    role: RelationTarget = ""
    texts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptRecord:
    """One concept as read. `where` is the record's own place.

    `identifier` is what the source gives as the concept's URI; `key` is an id that names it only within its tool and
    that a URI can be minted from ("" if there is none). `pages` are addresses of documents about the concept.
    """

    where: Where
    identifier: Entry | None = None
    key: str = ""
    preferred: tuple[Entry, ...] = ()
    admitted: tuple[Entry, ...] = ()
    discouraged: tuple[Entry, ...] = ()
    data_structure: tuple[Entry, ...] = ()
    definitions: tuple[DefinitionEntry, ...] = ()
    notes: tuple[Entry, ...] = ()
    examples: tuple[Entry, ...] = ()
    subjects: tuple[Entry, ...] = ()
    subject_uris: tuple[Entry, ...] = ()
    value_range: tuple[Entry, ...] = ()
    value_range_uris: tuple[Entry, ...] = ()
    email: Entry | None = None
    telephone: Entry | None = None
    valid_from: Entry | None = None
    valid_to: Entry | None = None
    created: Entry | None = None
    modified: Entry | None = None
    see_also: tuple[Entry, ...] = ()
    replaces: tuple[Entry, ...] = ()
    replaced_by: tuple[Entry, ...] = ()
    relations: tuple[RelationEntry, ...] = ()
    status: Entry | None = None
    version: Entry | None = None
    publisher: Entry | None = None
    pages: tuple[Entry, ...] = ()
