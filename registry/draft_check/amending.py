"""A draft that changes acts, applied to those held: before, after, what is defined otherwise, and who rests on it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from importers.law.amended_section import amend
from importers.law.amended_sentence import UnsureError
from importers.law.document import Amendment, Section
from importers.law.drafts.draft import Draft
from importers.law.held_text import HeldText
from importers.law.identifiers import section_name
from importers.law.section_text import write_text
from importers.law.statute_definitions import StatutoryDefinition, find_definitions
from ontologies.namespaces import SKOS
from registry.catalogue.texts import Language
from registry.chain.chain import chain
from registry.chain.impact import Affected, affected, touched
from registry.draft_check.answer import AmendedSection, Change, ChangedDefinition
from registry.references.held_acts import HeldActs
from registry.urls import Urls
from sparql.store import Reader

_LABEL = re.compile(r"^\s*(?:-|[a-zæøå]{1,2}[.)]|\d{1,2}[.)])\s+", re.MULTILINE | re.IGNORECASE)
_SPACED = re.compile(r"[\s.,;:]+")
NOT_HELD = "the act is not held"
NO_ACT = "the draft does not say which act"


@dataclass(slots=True)
class _Act:
    """An act that the draft changes, with its sections as they are so far."""

    iri: str
    title: str
    sections: dict[str, Section]
    concepts: dict[str, str]
    """Its defined terms, each with the IRI of the statutory concept."""


@dataclass(slots=True)
class _Edited:
    """A section before the draft, the instructions about it so far, and how it reads."""

    act: _Act
    before: Section | None
    after: Section | None
    amendment: Amendment
    told: list[Amendment] = field(default_factory=list)
    doubt: str = ""


class Amending:
    """Applies what a draft tells, in its order; what cannot be applied for sure is said with why."""

    def __init__(self, reader: Reader, urls: Urls, acts: HeldActs, language: Language) -> None:
        self._reader, self._urls, self._acts, self._language = reader, urls, acts, language
        self._held: dict[str, _Act | None] = {}

    def sections(self, draft: Draft, default: str = "") -> tuple[tuple[AmendedSection, ...], dict[str, list[Section]]]:
        """The sections that are changed, and by act those that read otherwise afterwards.

        `default` is the id of the act that is changed where the draft names none.
        """
        edited: dict[tuple[str, str], _Edited] = {}
        lost: list[AmendedSection] = []
        for amendment in draft.amendments:
            refid = str(amendment.act or default)
            act = self._act(refid) if refid else None
            if act is None:
                lost.append(_lost(amendment, refid))
                continue
            name = section_name(amendment.number) or amendment.instruction
            held = act.sections.get(name)
            one = edited.setdefault((act.iri, name), _Edited(act, held, held, amendment))
            _apply(one, amendment)
        new: dict[str, list[Section]] = {}
        for one in edited.values():
            if _is_in_force(one):
                one.after, one.doubt = one.before, ""
            if one.after is not None and one.after != one.before:
                new.setdefault(one.act.iri, []).append(one.after)
        return (*(self._told(one) for one in edited.values()), *lost), new

    def _act(self, refid: str) -> _Act | None:
        if refid not in self._held:
            known = self._acts.of(refid)
            self._held[refid] = self._read(refid, known.iri, known.title) if known is not None else None
        return self._held[refid]

    def _read(self, refid: str, iri: str, title: str) -> _Act:
        graph = self._urls.graph("law", refid.lower())
        held = HeldText(NamedNode(iri), [quad.triple for quad in self._reader.quads(graph=graph)])
        concepts = {
            triple.object.value: triple.subject.value
            for triple in held.triples
            if triple.predicate == SKOS.prefLabel
            and isinstance(triple.object, Literal)
            and isinstance(triple.subject, NamedNode)
        }
        return _Act(iri, title, held.current(), concepts)

    def _told(self, one: _Edited) -> AmendedSection:
        changed = tuple(self._definitions(one)) if not one.doubt else ()
        return AmendedSection(
            tuple(dict.fromkeys(each.instruction for each in one.told)),
            one.amendment.operation,
            one.act.iri,
            one.act.title,
            one.amendment.number,
            _text(one.before),
            "" if one.doubt else _text(one.after),
            one.doubt,
            changed,
        )

    def _definitions(self, one: _Edited) -> Iterator[ChangedDefinition]:
        before, after = _by_term(one.before), _by_term(one.after)
        for term in dict.fromkeys((*before, *after)):
            old, new = before.get(term, ""), after.get(term, "")
            if _bare(old) == _bare(new):
                continue
            change: Change = "added" if not old else "removed" if not new else "changed"
            concept = one.act.concepts.get(term, "") if old else ""
            yield ChangedDefinition(change, term, old, new, concept, self._resting_on(concept))

    def _resting_on(self, concept: str) -> tuple[Affected, ...]:
        """Those whose things rest on a concept that the register holds."""
        found = chain(self._reader, self._urls, concept) if concept else None
        return affected(touched(self._reader, found.dependants), self._language) if found is not None else ()


def _lost(amendment: Amendment, refid: str) -> AmendedSection:
    doubt = NOT_HELD if refid else NO_ACT
    return AmendedSection((amendment.instruction,), amendment.operation, "", refid, amendment.number, doubt=doubt)


def _apply(one: _Edited, amendment: Amendment) -> None:
    one.told.append(amendment)
    try:
        one.after = amend(one.after, amendment)
    except UnsureError as doubt:
        one.doubt = str(doubt)


def _is_in_force(one: _Edited) -> bool:
    """Whether the section as it is held has all the new words already: the act held is as it reads after the draft."""
    held = _bare(_text(one.before))
    if one.after is not None and not one.doubt and held == _bare(_text(one.after)):
        return True
    new = [_bare(write_text(each.paragraphs)) for each in one.told if each.paragraphs]
    return bool(new) and all(words in held for words in new)


def _bare(text: str) -> str:
    """A text without its spaces and the labels of its items, in which readings of one text differ."""
    return _SPACED.sub("", _LABEL.sub("", text)).casefold()


def _text(section: Section | None) -> str:
    return "\n\n".join(filter(None, (section.title, write_text(section.paragraphs)))) if section else ""


def _by_term(section: Section | None) -> dict[str, str]:
    found: Iterable[StatutoryDefinition] = find_definitions(section) if section else ()
    return {each.term: each.text for each in found}
