"""Sentences that define a word: "Med X menes Y", "Som X regnes Y", "Begrepet X benyttes om Y", and rarer ones.

Each form gives the word, and what is said of it from the words after the verb on.
"""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from importers.law.sentences import sentences

Kind: TypeAlias = Literal["defines", "deems", "extends", "excludes", "refers"]

VERB = (
    r"(?:menes|meines|meinast|forstås|forståast|forstår\s+(?:ein|en|vi|man)|m(?:ei?n(?:er|ar))\s+(?:ein|en|vi|man)"
    r"|er\s+(?:det\s+)?(?:meint|forstått)|skal\s+forstås|siktes\s+det\s+til)"
)
_ORDINAL = r"(?:første|andre|annet|tredje|fjerde|femte|sjette)"
_TEXT_WORD = (
    r"(?:lov(?:en|a)?|forskrift(?:en|a)?|instruks(?:en)?|reglement(?:et)?|vedtak(?:et)?|kapit(?:tel(?:et)?|el(?:et)?|let|tlet|la)"
    r"|paragraf(?:en)?|bestemmelse(?:n|r|ne)?|føresegn(?:a|ene)?|avtale(?:n)?|forordning(?:en|a)?|direktiv(?:et)?"
    r"|vedlegg(?:et)?|artikkel(?:en)?|artikler|tabell(?:en)?|konvensjon(?:en)?|avsnitt(?:et)?|del(?:en)?|ledd(?:et)?|ordning(?:en|a)?|samanheng(?:en)?|sammenheng(?:en)?)\b"
)
SCOPE = (
    rf"(?:i\s+(?:denne|dette|desse|disse)\s+{_TEXT_WORD}(?:\s+og\s+i\s+\w+(?:\s+\w+)?)?"
    rf"|i\s+{_TEXT_WORD}(?:\s+her)?(?!\w|\s*\d|\s*\(E|\s+(?:av|nr|om)\b)"
    rf"|i\s+(?:kapittel|kap\.)\s*\d+(?:\s?[a-zæøå]\b|-\d+)?"
    rf"|i\s+§§?\s*\d[\d\-]*(?:\s(?!i\s)[a-z]\b)?(?:\s*(?:,|og|til)\s*(?:§\s*)?\d[\d\-]*)*(?:\s+{_ORDINAL}\s+ledd)?"
    rf"|i\s+{_ORDINAL}\s+(?:ledd|punktum)(?:\s+bokstav\s+[a-zæøå]\b|\s+nr\.\s*\d+)?|her\b)"
)
MED = re.compile(rf"^(?:Med|Ved)\s+(?P<term>\S.{{0,200}}?)\s+{VERB}\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_DEEMING = re.compile(
    r"^Som\s+(?!følg[ej]|ledd\b|hovedregel|regel\b|utgangspunkt|nevnt|nemnt|den\b|de\b|det\b|dei\b)"
    r"(?P<term>\S.{0,110}?)\s+(?:kan\s+)?(?:regnes|anses|ansees|reknast|reknes|blir\s+rekna|er\s+å\s+anse|skal\s+(?:regnes|anses|reknast))\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FOLLOWING = re.compile(
    r"^Følg(?:ende|jande)\s+(?:[a-zæøå]+\s+){0,3}?(?:regnes|anses|reknast|blir\s+rekna)\s+(?:ikke\s+|ikkje\s+)?som\s+(?P<term>[^.,:]{2,60}?):(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NOT = re.compile(r"\bikk(?:e|je)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\bskal\b|\b(?:som|følgende)$", re.IGNORECASE)
_AS = re.compile(r"^Som\s+(?P<term>\S.{0,110}?)\s+(?:menes|meines|forstås)\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_SHALL_DEEM = re.compile(
    r"^[^.,]{3,140}?\sskal\s+som\s+(?!hovedregel|følge|nevnt|utgangspunkt)(?P<term>\S.{2,60}?)\s+(?:regnes|anses|reknast)"
    r"(?P<rest>\s+(?:den|det|de|dei|all|alle|en|et|enhver)\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
_USED_OF = re.compile(
    r"^(?P<noun>Begrep(?:et|ene|a)|Uttrykk(?:et|ene|a)|Omgrep(?:et|a)|Ord(?:et|ene|a)|Term(?:en|ene|ane)|Betegnelsen?e?"
    r"|Benevnelsene?|Nemninga|Nemningane)\s+(?P<term>\S.{0,80}?)\s+(?:omfatter|omfattar|(?:skal\s+)?forstås|betyr|tyder|betegner|betegnar"
    r"|(?:be)?(?:nyttes|nyttast|brukes|brukast)\s+(?:(?:her\s+)?(?:om|for)|til\s+å\s+betegne))\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_MEANS = re.compile(r"^(?P<term>[^,.:;]{1,60}?)\s+(?:betyr|tyder|betegner)\b(?P<rest>,?\s+.*)$", re.DOTALL)
_MEANS_HERE = re.compile(
    rf"^(?:(?P<term>[^,.:;]{{2,60}}?)\s+(?:betyr|tyder|forstås)\s+(?P<there>{SCOPE})\s+(?:som\s+)?"
    rf"|(?P<where>(?i:{SCOPE}))\s+(?:betyr|tyder)\s+(?P<word>[a-zæøå][^,.:;«»]{{2,40}}?)\s+(?=(?:den|det|de|en|et|ein|eit|alle|at)\s)"
    r"|(?P<name>[A-ZÆØÅ«][^,.:;]{2,40}?)\s+betyr\s+(?=(?:den|de|en|et|ei|ein|eit)\s(?:som\s)?))(?P<rest>\S.*)$",
    re.DOTALL,
)
_MENT = re.compile(
    rf"^(?P<where>{SCOPE})\s+{VERB}\s+(?:med|ved)\s+(?P<term>[^,.:;«»]{{2,60}}?)\s+(?=(?:den|det|de|en|et|ein|eit|alle|enhver|ethvert)\s)"
    r"(?P<rest>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_IS = re.compile(
    r"^(?:(?:Et|En|Ei|Ein|Eit)\s+)?(?P<term>[^,.:;]{2,50}?)\s+er\s+(?P<rest>(?:en|et|ei|ein|eit|den|det|de|dei|alle|enhver|når|å)\s.*)$",
    re.DOTALL | re.IGNORECASE,
)
_DEICTIC = re.compile(
    r"^(?:det|dette|denne|disse|den|de|han|hun|som|i|ved|etter|til|for|på|av|bestemmelsen?|føresegna|der|her)\b",
    re.IGNORECASE,
)
_LIST_WORDS = re.compile(r"^(?:følg(?:ende|jande)|disse|desse|nedenstående|dei\s+følgjande)\b", re.IGNORECASE)
_WORD = r"(?:uttrykk(?:et|a)|begrep(?:et|ene)?|omgrep(?:et|a)?|ord(?:et|ene|a)|term(?:en|ane|ene))"
_EXPRESSION = re.compile(rf"^{_WORD}\s+(?P<quoted>[«“\"][^»”\"]+[»”\"]).*$", re.IGNORECASE | re.DOTALL)
_SCOPED = re.compile(
    rf"^(?:(?P<where>(?:I|For)\s[^.«»]{{2,80}}?(?:\bnr\.[^.«»]{{1,40}}?)?),?\s+|Dessuten\s+|Videre\s+|Vidare\s+)?{VERB}(?:\s+(?P<there>{SCOPE}))?,?"
    rf"\s+(?:det\s+)?(?:med|ved):?\s+(?:{_WORD}\s+)?(?P<term>[«“\"][^»”\"]{{2,100}}[»”\"]),?:?\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED_MEANS = re.compile(
    r"^(?P<term>[«“](?:[^«»”]|«[^»]*»){2,100}[»”])\s+(?:betyr|tyder|betegner|betegnar)\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_MEANS_WORD = re.compile(
    rf"^(?:(?P<where>(?:I|For)\s[^.«»]{{2,80}}?),?\s+)?(?:betyr|tyder)\s+(?:{_WORD}\s+)?(?P<term>[«“\"][^»”\"]{{2,100}}[»”\"])[,:]?\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_INSIDE = re.compile(rf"\s(?=(?:Med|Ved)\s+\S.{{1,100}}?\s{VERB}\b)")
_WHEN = re.compile(
    rf"^(?:Når|Dersom)\s+(?:{_WORD}\s+)?(?P<term>[«“\"][^»”\"]{{2,100}}[»”\"])\s[^,]{{3,100}},\s*(?:menes|betyr|forstås|er)\s+"
    r"(?:det(?:te)?|med\s+det(?:te)?|her(?:med)?)\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LIKE = re.compile(
    r"^(?:(?:Likt|På\s+lik\s+linje|På\s+linje)\s+med\s+(?P<term>.{2,100}?),?\s+(?:regnes|anses|ansees|reknast|reknes|er(?:\s+her)?(?:\s+(?:rekna|å\s+anse))?)"
    r"|Med\s+(?P<other>.{2,80}?)\s+(?:skal\s+)?(?:likestilles|likestillast|sidestilles|jamstilles|jamstillast))\b(?P<rest>\s+\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DEFINED_AS = re.compile(
    r"^(?P<term>[^,.:;]{2,80}?)\s+(?:er\s+(?:her\s+|i\s+\w+\s+\w+\s+)?definert|defineres|definerast|forstås)\s+(?:her\s+)?(?:som|til\s+å\s+være):?\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DEFINED_IN = re.compile(
    r"^I\s[^,.:;]{2,60}?\s(?:(?:er|blir|vert)\s+(?P<term>[^,.:;]{2,60}?)\s+definert|defineres\s+(?P<other>[^,.:;]{2,60}?))\s+som:?\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AS_ELSEWHERE = re.compile(
    rf"^(?P<term>[^,.:;]{{2,60}}?)\s+(?:skal\s+)?forstås\s+(?:{SCOPE}\s+)?(?P<rest>(?:på\s+samme\s+måte\s+som|i\s+samsvar\s+med|i\s+tråd\s+med)"
    r"\s.{0,60}?\b(?:definisjon|begrep).*)$",
    re.IGNORECASE | re.DOTALL,
)
_NAME_FOR = re.compile(
    r"^(?P<term>[^,.:;]{2,60}?)\s+er\s+(?:en\s+|ei\s+)?(?:felles|samle)?(?:betegnelse|benevnelse|nemning)\w*\s+(?:på|for)\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OF_THIS_LAW = re.compile(
    rf"^(?P<term>[^,.:;]{{2,60}}?)\s+(?:i|etter)\s+(?:denne|dette)\s+{_TEXT_WORD}\s+er\s+"
    r"(?P<rest>(?:det\s+når|når|en|et|ei|ein|eit|alle|enhver|ein\s+kvar)\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
_HEREAFTER = re.compile(
    r"^(?:.*\s)?(?P<rest>(?:et|en|ei|ein|eit)\s(?:(?!\b(?:et|en|ei|ein|eit)\s)[^.]){8,160}?)[\s,(]+"
    r"(?:heretter|i\s+det\s+følgende)\s+(?:kalt|kalla|benevnt|betegnet|omtalt\s+som)\s*:?\s+"
    r"(?P<term>[«“\"][^»”\"]{2,60}[»”\"]|[^\s,.;)]+)",
    re.IGNORECASE | re.DOTALL,
)
"""What begins with an indefinite article: a kind of thing is named. "The ministry, hereafter called" names just one."""
_CLASS = re.compile(
    r"^(?:[A-ZÆØÅ]{2,}-[a-zæøå]+(?<!en)(?<!et)(?<!ene)|[a-zæøå -]+(?<!en)(?<!et)(?<!ene)(?<!ane)(?<!a))$"
)
_STEMS = (
    "mene", "menast", "mein", "forstå", "siktes", "betyr", "tyder", "betegn", "benevn", "nemning", "defin", "regne",
    "rekn", "anse", "likestill", "sidestill", "jamstill", "nyttes", "nyttast", "brukes", "brukast", "omfatt",
    "heretter", "i det følgende", "etter denne", "etter dette", "i denne", "i dette",
)  # fmt: skip
"""Some of these stands in every sentence of one of the forms; most sentences have none, and need not be tried."""
_NO_WORD = re.compile(
    r"^(?:henvisning|tilvising|referanse|forholdet\b)|\b(?:er|har|kan|skal|må|som|disse|desse|ikke|ikkje|begrepet|omgrepet)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:et|en|ei|ein|eit)\s+(?=\S)", re.IGNORECASE)
_PURPOSE = re.compile(r"formål|føremål|mål|hensikt|oppg[aå]v|krav", re.IGNORECASE)
_DECISION = re.compile(r"^(?:et|eit)\s+enkeltvedtak\b", re.IGNORECASE)
_TITLE_OF = re.compile(r"^Definisjon(?:en)?\s+av\s+(?P<term>[^,.:;]{2,60})$", re.IGNORECASE)
_FEW = 3
_PLURALS = {
    "begrepene",
    "begrepa",
    "uttrykkene",
    "uttrykka",
    "omgrepa",
    "ordene",
    "orda",
    "termene",
    "termane",
    "betegnelsene",
}
_TWO = re.compile(r"(?P<first>[^«»,]+?)\s+(?:og|eller)\s+(?P<second>[^«»,]+)")
_DEFINITE = re.compile(r"^(?:Det|Den|De)\s+(?=\w+e\s+\w+$)")
"""An article before an adjective and a noun, which are the word."""
_DEFINITE_WORD = re.compile(r"(?:den|det|de|dei)\s+[a-zæøå]+[ea](?:\s+[a-zæøå]+)?", re.IGNORECASE)
"""An article before an adjective, as in "den ansvarlige": it points at nothing."""
_OF_A_KIND = re.compile(r"(?:en|et|ei|ein|eit)\s(?!.{0,40}\borgan\b)[^.]*\b(?:som|der|hvor|kor)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DefiningSentence:
    """A sentence's word and what it says of it; `kind` where the form decides it."""

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
    if found is None or _LIST_WORDS.match(found.term):
        return None
    pointed = _DEICTIC.match(found.term) and not _DEFINITE_WORD.fullmatch(found.term)
    return found if found.kind == "deems" or not pointed else None


def names_a_word(text: str) -> bool:
    """Whether the text ends in a sentence "Med X menes", so that what follows it is the definition of X."""
    match = MED.match((sentences(text) or [""])[-1])
    return match is not None and not _LIST_WORDS.match(match["term"])


def _read(sentence: str, title: str, *, titled: bool) -> DefiningSentence | None:
    found = None
    plain = sentence.lower()
    if any(stem in plain for stem in _STEMS):
        inside = _INSIDE.search(sentence) if " Med " in sentence or " Ved " in sentence else None
        found = _by_verb(sentence) or (_by_verb(sentence[inside.end() :]) if inside else None)
    return found or _by_title(sentence, title, titled=titled)


def _by_verb(sentence: str) -> DefiningSentence | None:
    return _of_a_kind(sentence) or _of_a_word(sentence) or _of_a_thing(sentence)


def _of_a_kind(sentence: str) -> DefiningSentence | None:
    """Forms that deem, extend or refer."""
    if (found := _DEEMING.match(sentence) or _SHALL_DEEM.match(sentence) or _FOLLOWING.match(sentence)) is not None:
        negated = _NOT.search(found.string, 0, found.start("term")) is not None
        kind: Kind = "excludes" if negated else "deems"
        return None if _CLAUSE.search(found["term"]) else DefiningSentence(found["term"], found["rest"], kind)
    if (found := _LIKE.match(sentence)) is not None:
        return DefiningSentence(found["term"] or found["other"], found["rest"], "extends")
    if (found := _AS_ELSEWHERE.match(sentence)) is not None and not _NO_WORD.search(found["term"]):
        return DefiningSentence(found["term"], found["rest"], "refers")
    return None


def _of_a_word(sentence: str) -> DefiningSentence | None:
    """Forms that speak of a word: "Med X menes", "Begrepet X betegner"."""
    if (found := _USED_OF.match(sentence)) is not None:
        return DefiningSentence(_both_words(found["noun"], found["term"]), found["rest"])
    for form in (MED, _AS, _SCOPED, _MENT, _QUOTED_MEANS, _MEANS_WORD, _WHEN):
        if (found := form.match(sentence)) is not None:
            return DefiningSentence(_EXPRESSION.sub(r"\g<quoted>", found["term"]), found["rest"], scope=_where(found))
    return None


def _where(found: re.Match[str]) -> str:
    """Where a form says that the definition holds."""
    named = found.groupdict()
    return named.get("there") or named.get("where") or ""


def _of_a_thing(sentence: str) -> DefiningSentence | None:
    """Forms that speak of a thing: "X defineres som", "X er en betegnelse på"."""
    if (found := _MEANS_HERE.match(sentence)) is not None:
        term = found["term"] or found["word"] or found["name"]
        return None if _NO_WORD.search(term) else DefiningSentence(term, found["rest"], scope=_where(found))
    if (found := _DEFINED_IN.match(sentence)) is not None:
        return DefiningSentence(found["term"] or found["other"], found["rest"])
    for form in (_DEFINED_AS, _NAME_FOR, _OF_THIS_LAW, _HEREAFTER):
        if (found := form.match(sentence)) is not None and not _NO_WORD.search(found["term"]):
            named = form is not _HEREAFTER or _names_a_kind(found["term"].strip('«»“”"'))
            return DefiningSentence(_ARTICLE.sub("", found["term"]), found["rest"]) if named else None
    return None


def _names_a_kind(term: str) -> bool:
    """Whether the word is for a kind of thing; one with a definite ending or article is for a particular thing."""
    return _CLASS.match(term) is not None and _DEICTIC.match(term) is None


def _both_words(noun: str, term: str) -> str:
    """The word, or the two words that a noun in the plural announces, quoted: "Begrepene X og Y"."""
    two = _TWO.fullmatch(term) if noun.casefold() in _PLURALS else None
    return f"«{two['first']}» og «{two['second']}»" if two else _EXPRESSION.sub(r"\g<quoted>", term)


def _by_title(sentence: str, title: str, *, titled: bool) -> DefiningSentence | None:
    """What only the heading tells to be a definition: it says that it defines, or it is the word itself."""
    defined = _TITLE_OF.match(title)
    if defined is not None:
        form = rf"^{SCOPE}\s+(?:betyr|tyder|{VERB}\s+(?:med|ved))\s+{re.escape(defined['term'])},?\s+(?P<rest>\S.*)$"
        if (found := re.match(form, sentence, re.IGNORECASE | re.DOTALL)) is not None:
            return DefiningSentence(defined["term"], found["rest"])
    if titled and (found := _MEANS.match(sentence)) is not None:
        return DefiningSentence(_DEFINITE.sub("", found["term"]), found["rest"])
    is_one = _IS.match(sentence)
    if is_one is not None:
        infinitive = is_one["rest"].startswith("å ")
        if infinitive and _PURPOSE.search(is_one["term"]):
            return None
        clear = infinitive or _ARTICLE.match(sentence) or _OF_A_KIND.match(is_one["rest"])
        if _DECISION.match(is_one["rest"]):
            return None
        named = clear and _same(is_one["term"], title)
        if named or (titled and len(is_one["term"].split()) <= _FEW):
            return DefiningSentence(is_one["term"], is_one["rest"])
    return None


def _same(a: str, b: str) -> bool:
    return a.strip(" .").casefold() == b.strip(" .").casefold()
