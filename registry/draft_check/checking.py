"""A draft in, the answer out. Reads the register; writes nothing."""

from collections.abc import Iterable, Iterator

from importers.law.document import Section
from importers.law.drafts.draft import Draft
from registry.catalogue.texts import Language
from registry.draft_check.amending import Amending
from registry.draft_check.answer import AmendedSection, CheckedDefinition, DraftAnswer
from registry.draft_check.citing import acts_named, citations, doubtful, replaced_by
from registry.draft_check.defining import DRAFT, Others, competes, definitions_in
from registry.draft_check.judging import discretion
from registry.draft_check.terms import Ties, used_terms
from registry.draft_check.using import DraftWords
from registry.editing.drafts import COMMON
from registry.harmonisation.candidates import keys
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.words import content_lemmas, family
from registry.references.held_acts import HeldActs, held_acts
from registry.references.resolving import ResolvedReference
from registry.urls import Urls
from sparql.store import Reader


def check_draft(reader: Reader, urls: Urls, draft: Draft, enabling: str = "", language: Language = "nb") -> DraftAnswer:
    """All that the register has to say of a draft.

    `enabling` names the acts that it is given under, as people write them; where a draft changes an act and does not
    name it, that act.
    """
    return _Check(reader, urls, draft, enabling, language).answer()


class _Check:
    """One draft, with what all parts of the answer ask for."""

    def __init__(self, reader: Reader, urls: Urls, draft: Draft, enabling: str, language: Language) -> None:
        self._reader, self._urls, self._draft, self._language = reader, urls, draft, language
        self._acts: HeldActs = held_acts(reader)
        self._enabling = acts_named(reader, self._acts, enabling, draft.based_on)
        self._texts = [(each.number or each.title, each.full_text()) for each in draft.sections]
        self._texts += [
            (each.number, "\n".join(one.full_text() for one in each.paragraphs)) for each in draft.amendments
        ]
        itself = self._acts.of(draft.refid)
        self._common = urls.graph("catalogue", COMMON).value
        self._others = Others(reader, [itself.iri] if itself is not None else [], self._common)

    def answer(self) -> DraftAnswer:
        draft = self._draft
        words = DraftWords((f"{each.title}. {each.full_text()}" for each in draft.sections), draft.language)
        found = list(definitions_in(draft.sections, draft.language, DRAFT, tuple(self._enabling)))
        definitions = [
            self._others.checked(record, section.number, words) for section, one, record in found if competes(one)
        ]
        amended, new = self._amended()
        cited = citations(self._reader, self._acts, self._texts)
        ties = Ties(
            tuple(self._enabling),
            self._citing(cited),
            {key for _, _, record in found for key in keys(record)},
            self._common,
            content_lemmas(draft.title, family(draft.language)),
        )
        whole = words if draft.sections else DraftWords((text for _, text in self._texts), draft.language)
        return DraftAnswer(
            draft=draft,
            enabling=self._enabling,
            definitions=(*definitions, *new),
            additions=tuple(record for _, one, record in found if not competes(one)),
            terms=used_terms(self._reader, whole, self._others, ties),
            citations=tuple(doubtful(self._acts, cited, replaced_by(self._texts, cited))),
            discretion=discretion(self._texts, draft.language),
            amended=amended,
        )

    def _citing(self, cited: Iterable[tuple[str, ResolvedReference]]) -> dict[str, set[int]]:
        """The acts that the draft cites, with the texts that cite them, by number."""
        numbers = {section: number for number, (section, _) in reversed(list(enumerate(self._texts)))}
        found: dict[str, set[int]] = {}
        for section, reference in cited:
            if reference.act:
                found.setdefault(reference.act, set()).add(numbers[section])
        return found

    def _amended(self) -> tuple[tuple[AmendedSection, ...], tuple[CheckedDefinition, ...]]:
        draft = self._draft
        default = next((refid for refid, act in self._acts.held.items() if act.iri in self._enabling), None)
        made = Amending(self._reader, self._urls, self._acts, self._language)
        amended, new = made.sections(draft, str(default or ""))
        changed = {(each.act, one.term) for each in amended for one in each.definitions if one.change != "removed"}
        return amended, tuple(self._definitions_of(new, changed))

    def _definitions_of(
        self, new: dict[str, list[Section]], changed: Iterable[tuple[str, str]]
    ) -> Iterator[CheckedDefinition]:
        """The definitions that the draft's changes add or change, as those of the act that they will stand in."""
        wanted = set(changed)
        source = DefinitionSource(self._reader)
        for act, sections in new.items():
            others = Others(self._reader, [act], self._common)
            for section, one, record in definitions_in(sections, self._draft.language, act, source.acts.enabling(act)):
                if competes(one) and (act, record.term) in wanted:
                    yield others.checked(record, section.number, None)
