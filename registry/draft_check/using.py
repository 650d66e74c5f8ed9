"""Which terms a draft uses: inflected, in longer words, and which of them others have defined."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.draft_check.answer import Occurrences
from registry.harmonisation.definiens import term_lemmas
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.terms import term_key
from registry.harmonisation.words import Token, family, is_known, stop_words, tokens

_LONGEST = 3
"""Words of a term that is looked for."""
_SHORTEST_TERM, _SHORTEST = 3, 4
"""Letters of a term that is looked for in longer words, and of the rest of such a word if the term is so short."""
_FORMS = 6
_INFLECTION = frozenset(
    {"s", "en", "et", "a", "n", "t", "r", "er", "ar", "e", "ene", "ane", "ens", "ets", "enes", "anes"}
)
_PREFIXES = frozenset({"til", "for", "av", "an", "be", "er", "med", "mis", "til-"})
"""What makes other words of a word, and no compound of two."""
_ENDINGS = ("erer", "erin", "iser", "eren", "else", "heten", "ende")
"""What words end in that are made of others, and no compounds either."""


@dataclass(frozen=True, slots=True)
class Used:
    """Something that may be a term, and where it stands."""

    key: str
    forms: tuple[str, ...]
    count: int
    texts: frozenset[int]
    """The texts in which it stands, by number from 0."""


class DraftWords:
    """The words of some texts, by lemma."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self.space = family(language)
        self.language = language
        self._texts = list(texts)
        self._words: list[tuple[Token, ...]] = [tokens(text, self.space) for text in self._texts]
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for place, token in enumerate(words):
                self._places[token.lemma].append((number, place))

    def of_term(self, term: str) -> Occurrences:
        """Where a term stands as a word or words of its own, and in compounds."""
        wanted = tuple(term_lemmas(term, self.space))
        found = [self._written(number, place, len(wanted)) for number, place in self._at(wanted)]
        return Occurrences(len(found), _forms(found), _forms(self._compounds(wanted)))

    def uses_of_defined(self, record: DefinitionRecord) -> Occurrences:
        """Where a term that the draft defines is used outside its definition."""
        terms = (record.term, *record.admitted)
        inside = DraftWords([" . ".join((*terms, record.text))], self.language)
        every, own = ([words.of_term(term) for term in terms] for words in (self, inside))
        count = max(0, sum(each.count for each in every) - sum(each.count for each in own))
        forms = dict.fromkeys(form for each in every for form in each.forms) if count else {}
        compounds = dict.fromkeys(word for each in every for word in each.compounds)
        for word in (word for each in own for word in each.compounds):
            compounds.pop(word, None)
        return Occurrences(count, tuple(forms), tuple(compounds))

    def candidates(self) -> Iterator[Used]:
        """Every word, and up to three words in a row, that could be a term."""
        stop = stop_words(self.space)
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for place, token in enumerate(words):
                if token.lemma in stop or not token.text[0].isalpha():
                    continue
                for size in range(1, _LONGEST + 1):
                    last = words[place + size - 1 : place + size]
                    if last and last[0].lemma not in stop and not self._divided(number, place, size):
                        written = self._written(number, place, size)
                        found[term_key(written, self.language)].append((written, number))
        for key, places in found.items():
            yield Used(key, _forms(form for form, _ in places), len(places), frozenset(text for _, text in places))

    def _divided(self, number: int, place: int, size: int) -> bool:
        words = self._words[number][place : place + size]
        return any(sign in self._texts[number][words[0].start : words[-1].end] for sign in ",.;:()\n")

    def _at(self, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        for number, place in self._begins(wanted[0]) if wanted else ():
            words = self._words[number][place : place + len(wanted)]
            if len(words) == len(wanted) and all(map(_is_form, words, wanted)):
                yield number, place

    def _begins(self, word: str) -> Iterator[tuple[int, int]]:
        """Where a word stands, in any form."""
        for found, places in self._places.items():
            if found.startswith(word):
                yield from places

    def _written(self, number: int, place: int, size: int) -> str:
        words = self._words[number][place : place + size]
        return self._texts[number][words[0].start : words[-1].end]

    def _compounds(self, wanted: tuple[str, ...]) -> list[str]:
        """Longer words of which the term is the beginning or the end: "fiskefartøy", "fartøykontroll"."""
        if len(wanted) != 1 or len(wanted[0]) < _SHORTEST_TERM:
            return []
        return [
            self._written(*places[0], 1)
            for word, places in self._places.items()
            if word != wanted[0]
            and word.removeprefix(wanted[0]) not in _INFLECTION
            and self._is_compound(word, wanted[0])
        ]

    def _is_compound(self, word: str, part: str) -> bool:
        shortest = _SHORTEST if len(part) < _SHORTEST else _SHORTEST - 1
        if word.endswith(part):
            return self._is_word(word.removesuffix(part), shortest)
        if word.startswith(part):
            rest = word[len(part) :]
            return any(self._is_word(each, shortest) for each in (rest, rest[1:] if rest[:1] in {"s", "e"} else ""))
        return False

    def _is_word(self, part: str, shortest: int) -> bool:
        """Whether the rest of a longer word is a word itself, but for the letter that joins them."""
        if self.space != "no" or len(part) < shortest or part.startswith(_ENDINGS) or part in _INFLECTION:
            return False
        return any(is_known(each, "nb") and each not in _PREFIXES for each in (part, part[:-1], part.rstrip("-")))


def _is_form(token: Token, wanted: str) -> bool:
    """Whether a word is a form of another; a dictionary may take "gjester" for a verb."""
    return token.lemma == wanted or token.text.casefold().removeprefix(wanted) in _INFLECTION


def _forms(written: Iterable[str]) -> tuple[str, ...]:
    """The different forms, in lower case, as they come; not all of many."""
    return tuple(dict.fromkeys(" ".join(each.casefold().split()) for each in written))[:_FORMS]
