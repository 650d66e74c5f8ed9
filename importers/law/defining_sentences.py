"""Sentences that define a word: "Med X menes Y", "Som X regnes Y", "Begrepet X benyttes om Y", and rarer ones.

Each form gives the word, and what is said of it from the words after the verb on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from importers.law import defining_forms as forms
from importers.law.sentences import sentences

Kind: TypeAlias = Literal["defines", "deems", "extends", "excludes", "refers"]


_WORD_FORMS = (
    forms.MED,
    forms.IS_MEANT,
    forms.RECKONED,
    forms.AS,
    forms.SCOPED,
    forms.MENT,
    forms.QUOTED_MEANS,
    forms.MEANS_WORD,
    forms.WHEN,
    forms.WHEN_USED,
)
_THING_FORMS = (
    forms.DEFINED_AS,
    forms.SHALL_MEAN,
    forms.CALLED,
    forms.USED_AS_NAME,
    forms.NAME_FOR,
    forms.OF_THIS_LAW,
    forms.HEREAFTER,
)
_NEEDED: Mapping[re.Pattern[str], tuple[str, ...]] = {
    forms.CALLED: ("kalles", "kallast", "kaldes", " kalla", "benevnes", "omtales", "betegnes"),
    forms.HEREAFTER: ("heretter", "Heretter", "i det følgende"),
    forms.DEEMED: ("regnes som", "reknast som", "anses som"),
}


@dataclass(frozen=True, slots=True)
class DefiningSentence:
    """A sentence's word and what it says of it; `kind` and `scope` where the form decides them."""

    term: str
    rest: str
    kind: Kind | None = None
    scope: str = ""


def read_sentence(sentence: str, title: str, *, titled: bool) -> DefiningSentence | None:
    """The sentence as a definition, None if it is none.

    `title` is the heading of its section, and `titled` says that the heading calls it one of definitions: then plain
    "X er en Y" and "X betyr Y" define too.
    """
    found = _read(sentence, title, titled=titled)
    if found is None or forms.LIST_WORDS.match(found.term):
        return None
    pointed = forms.DEICTIC.match(found.term) and not forms.DEFINITE_WORD.fullmatch(found.term)
    return found if found.kind == "deems" or not pointed else None


def read_plainly(sentence: str) -> DefiningSentence | None:
    """A sentence "X er Y" of a section of definitions, where no other form is found."""
    found = forms.IS_PLAINLY.match(sentence)
    return DefiningSentence(found["term"], found["rest"]) if found and not forms.NO_WORD.search(found["term"]) else None


def may_define(text: str, title: str, *, titled: bool) -> bool:
    """Whether any sentence of a text can be a definition; nearly all of most acts cannot, which is told fast."""
    plain = text.lower()
    heading = title.lower().strip(" .").split(". ")
    if titled or _has_stem(plain) or any(part in plain for part in heading) or _may_be_of_its_kind(text):
        return True
    return " er e" in plain and any(word in plain for word in title.lower().split() if len(word) > forms.SHORT_WORD)


def _may_be_of_its_kind(text: str) -> bool:
    return " er e" in text and forms.MAY_BE_OF_ITS_KIND.search(text) is not None


def _has_stem(plain: str) -> bool:
    return _has_any(forms.STEMS, plain) or (" er " in plain and _has_any(forms.OF_THIS, plain))


def names_a_word(text: str) -> bool:
    """Whether the text ends in a sentence "Med X menes", so that what follows it is the definition of X."""
    last = (sentences(text) or [""])[-1]
    for form in (forms.MED, forms.MEANT, forms.AS, forms.SCOPED):
        if (match := form.match(last)) is not None:
            return not forms.LIST_WORDS.match(match["term"])
    return False


def _read(sentence: str, title: str, *, titled: bool) -> DefiningSentence | None:
    found = None
    if _has_stem(sentence.lower()):
        found = _by_verb(sentence) or _inside(sentence)
    return found or _by_title(sentence, title, titled=titled) or _deemed(sentence, title) or _of_its_kind(sentence)


def _inside(sentence: str) -> DefiningSentence | None:
    """A definition that begins after other words without a full stop, or that stands in parentheses."""
    if "ed " not in sentence:
        return None
    begins = forms.INSIDE.search(sentence)
    if begins is not None:
        return _by_verb(sentence[begins.end() :])
    inside = forms.IN_PARENTHESES.search(sentence)
    return _by_verb(inside["inside"]) if inside else None


def _by_verb(sentence: str) -> DefiningSentence | None:
    return _of_a_kind(sentence) or _of_a_word(sentence) or _of_a_thing(sentence)


def _of_a_kind(sentence: str) -> DefiningSentence | None:
    """Forms that deem, extend or refer."""
    if (
        found := forms.DEEMING.match(sentence) or forms.SHALL_DEEM.match(sentence) or forms.FOLLOWING.match(sentence)
    ) is not None:
        negated = forms.NOT.search(found.string, 0, found.start("term")) is not None
        kind: Kind = "excludes" if negated else "deems"
        return None if forms.CLAUSE.search(found["term"]) else DefiningSentence(found["term"], found["rest"], kind)
    if (found := forms.LIKE.match(sentence)) is not None:
        return DefiningSentence(_named(found, "term", "other", "equal"), found["rest"], "extends")
    if (found := forms.AS_ELSEWHERE.match(sentence)) is not None and not forms.NO_WORD.search(found["term"]):
        return DefiningSentence(found["term"], found["rest"], "refers")
    return None


def _of_a_word(sentence: str) -> DefiningSentence | None:
    """Forms that speak of a word: "Med X menes", "Begrepet X betegner"."""
    if (found := forms.USED_OF.match(sentence)) is not None:
        return DefiningSentence(_both_words(found["noun"], found["term"]), found["rest"])
    if (found := forms.MEANT.match(sentence)) is not None:
        return DefiningSentence(found["term"], found["rest"], "extends" if found["also"] else None, _where(found))
    for form in _WORD_FORMS:
        if (found := form.match(sentence)) is not None:
            if form is forms.MED and (forms.NO_MED.search(found["term"]) or found["rest"].lstrip().startswith("med «")):
                continue
            term = forms.EXPRESSION.sub(r"\g<quoted>", _named(found, "term", "one"))
            return DefiningSentence(term, found["rest"], scope=_where(found))
    return None


def _named(found: re.Match[str], *names: str) -> str:
    """The first of these groups that the match has."""
    groups = found.groupdict()
    return next(filter(None, map(groups.get, names)), "")


def _where(found: re.Match[str]) -> str:
    """Where a form says that the definition holds."""
    named = found.groupdict()
    return named.get("there") or named.get("where") or named.get("in") or ""


def _of_a_thing(sentence: str) -> DefiningSentence | None:
    """Forms that speak of a thing: "X defineres som", "X er en betegnelse på"."""
    if (found := forms.MEANS_HERE.match(sentence)) is not None:
        term = _named(found, "term", "word", "one", "name")
        particular = found["rest"].startswith("at ") and forms.PARTICULAR.search(term)
        if particular or forms.NO_WORD.search(term):
            return None
        return DefiningSentence(term, found["rest"], scope=_where(found))
    if (found := forms.DEFINED_IN.match(sentence)) is not None:
        term = _named(found, "term", "other", "one")
        return None if forms.NO_WORD.search(term) else DefiningSentence(term, found["rest"])
    for form in _THING_FORMS:
        if not _worth_trying(form, sentence):
            continue
        if (found := form.match(sentence)) is not None and not forms.NO_WORD.search(found["term"]):
            named = form is not forms.HEREAFTER or _names_a_kind(found["term"].strip('«»“”"'))
            term = forms.ARTICLE.sub("", found["term"])
            return DefiningSentence(term, found["rest"], scope=_where(found)) if named else None
    return None


def _worth_trying(form: re.Pattern[str], sentence: str) -> bool:
    """Whether a sentence has any of the words that a form needs; for the forms that take long to fail."""
    words = _NEEDED.get(form)
    return words is None or _has_any(words, sentence)


def _has_any(words: Iterable[str], text: str) -> bool:
    for word in words:  # noqa: SIM110 - any() takes thrice as long
        if word in text:
            return True
    return False


def _names_a_kind(term: str) -> bool:
    """Whether the word is for a kind of thing; one with a definite ending or article is for a particular thing."""
    return forms.CLASS.match(term) is not None and forms.DEICTIC.match(term) is None


def _both_words(noun: str, term: str) -> str:
    """The word, or the two words that a noun in the plural announces, quoted: "Begrepene X og Y"."""
    two = forms.TWO.fullmatch(term) if noun.casefold() in forms.PLURALS else None
    return f"«{two['first']}» og «{two['second']}»" if two else forms.EXPRESSION.sub(r"\g<quoted>", term)


def _by_title(sentence: str, title: str, *, titled: bool) -> DefiningSentence | None:
    """What only the heading tells to be a definition: it says that it defines, or it is the word itself."""
    defined = forms.TITLE_OF.match(title)
    if defined is not None:
        verb = rf"(?:betyr|tyder|{forms.VERB}\s+(?:med|ved))"
        form = rf"^{forms.SCOPE}\s+{verb}\s+{re.escape(defined['term'])},?\s+(?P<rest>\S.*)$"
        if (found := re.match(form, sentence, re.IGNORECASE | re.DOTALL)) is not None:
            return DefiningSentence(defined["term"], found["rest"])
    if titled and (found := forms.MEANS.match(sentence)) is not None:
        return DefiningSentence(forms.DEFINITE.sub("", found["term"]), found["rest"])
    return (_of_a_titled(sentence) if titled else None) or _is_one(sentence, title, titled=titled)


def _of_a_titled(sentence: str) -> DefiningSentence | None:
    """Sentences that define only where the heading says that the section does."""
    for form in (forms.OF_THIS_TITLE, forms.EXISTS):
        if (found := form.match(sentence)) is not None:
            term = _named(found, "term", "one")
            return None if forms.NO_WORD.search(term) else DefiningSentence(term, found["rest"], scope=_where(found))
    return None


def _of_its_kind(sentence: str) -> DefiningSentence | None:
    """A kind of something: "Et europeisk patent er et patent som", "En ladestasjon er en samling av"."""
    found = forms.OF_ITS_KIND.match(sentence)
    if found is None or not _is_called_after(found["term"], found["noun"]):
        found = forms.ONE_IS.match(sentence)
    if found is None or forms.NO_WORD.search(found["term"]):
        return None
    return DefiningSentence(found["term"], found["rest"])


def _is_called_after(term: str, noun: str) -> bool:
    return term.casefold().endswith(noun.casefold()) and len(term) > len(noun)


def _deemed(sentence: str, title: str) -> DefiningSentence | None:
    """What the section is called after is said at the end: "Handlinger som ... regnes som fusk" under "Fusk"."""
    found = forms.DEEMED.match(sentence) if _worth_trying(forms.DEEMED, sentence) else None
    if found is None or forms.DECISION.match(found["term"]) or not _stands_in(found["term"], title):
        return None
    return DefiningSentence(found["term"], found["rest"], "deems")


def _stands_in(term: str, title: str) -> bool:
    return f" {term.casefold()} " in f" {title.casefold().strip(' .')} "


def _is_one(sentence: str, title: str, *, titled: bool) -> DefiningSentence | None:
    """Sentences "X er en Y" and "X er Y som"."""
    if titled and (found := forms.BARE.match(sentence)) is not None and not forms.BARE_NOT.match(found["rest"]):
        return DefiningSentence(found["term"], found["rest"])
    is_one = forms.IS.match(sentence)
    if is_one is not None:
        infinitive = is_one["rest"].startswith("å ")
        if infinitive and forms.PURPOSE.search(is_one["term"]):
            return None
        clear = infinitive or forms.ARTICLE.match(sentence) or forms.OF_A_KIND.match(is_one["rest"])
        if forms.DECISION.match(is_one["rest"]):
            return None
        kind = forms.OF_A_KIND.match(is_one["rest"]) is not None and _stands_in(is_one["term"], title)
        kind = kind and not forms.NO_WORD.search(is_one["term"]) and not forms.PARTICULAR.search(is_one["term"])
        named = kind or (clear and _is_heading(is_one["term"], title))
        if named or (titled and len(is_one["term"].split()) <= forms.FEW):
            return DefiningSentence(is_one["term"], is_one["rest"])
    return _under_its_heading(sentence, title)


def _under_its_heading(sentence: str, title: str) -> DefiningSentence | None:
    """What follows "X er" or "X omfatter" under the heading X, where it says what kind of thing X is."""
    comprised = forms.COMPRISES.match(sentence) if title else None
    if comprised is not None and _stands_in(comprised["term"], title):
        words = comprised["term"].split()
        definite = forms.PARTICULAR.search(words[0]) or forms.PARTICULAR.search(words[-1])
        return None if definite else DefiningSentence(comprised["term"], comprised["rest"])
    found = read_plainly(sentence) if title else None
    if found is None or not _is_heading(found.term, title) or forms.PARTICULAR.search(found.term):
        return None
    return found if forms.QUALIFIED.match(found.rest) else None


def _is_heading(term: str, title: str) -> bool:
    """Whether the word is the heading, or one of the sentences of the heading."""
    return term.strip(" .").casefold() in {part.strip(" .").casefold() for part in (title, *title.split(". "))}
