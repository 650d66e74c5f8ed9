"""ExtensionClause: one text only adds to a definition ("Som X regnes også ..."), and competes with none."""

from registry.harmonisation.evidence.base import Example, comparable, quote
from registry.harmonisation.extensions import extension
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import family

_SENTENCES = {
    "nb": "Den {which} er ingen egen definisjon: den utvider begrepet med «{item}».",
    "nn": "Den {which} er ingen eigen definisjon: han utvidar omgrepet med «{item}».",
    "en": "The {which} is no definition by itself: it extends the concept by “{item}”.",
}
_WHICH = {"nb": ("ene", "andre"), "nn": ("eine", "andre"), "en": ("first", "second")}


class ExtensionClause:
    """An addition to a definition that stands elsewhere."""

    code = "ExtensionClause"
    norm = "ISO 704:2022, 6.2 (extension); Joint Practical Guide of the EU, guideline 14"
    severity: Severity = "information"
    telling = 5
    labels = {  # noqa: RUF012 - a constant
        "nb": "Utvidelse",
        "nn": "Utviding",
        "en": "Extension of a definition",
    }
    examples = (
        Example("kaibåt", "båt ved kai", "Som kaibåt regnes også lekter", trips=True),
        Example("kaibåt", "båt ved kai", "Med kaibåt likestilles lekter og flåte", trips=True),
        Example("kaibåt", "båt ved kai", "Som kaibåt reknast òg lekter", trips=True),
        Example("kaibåt", "båt ved kai", "båt på land; som kaibåt regnes også lekter", trips=False),
        Example("kaibåt", "båt ved kai", "Som kaibåt regnes ikke lekter", trips=False),
        Example("kaibåt", "Som kaibåt regnes også flåte", "Som kaibåt regnes også lekter", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence; none where both texts only add."""
        if not comparable(a, b):
            return []
        space = family(a.language)
        first, second = extension(a.text, space), extension(b.text, space)
        if (first is None) == (second is None):
            return []
        text, start = (a.text, first) if first is not None else (b.text, second or 0)
        words = quote(text[start:])
        side = 0 if first is not None else 1
        sentences = {
            language: sentence.format(which=_WHICH[language][side], item=words)
            for language, sentence in _SENTENCES.items()
        }
        span = (start, len(text.rstrip()))
        return [
            Evidence(self.code, sentences, span, None, words, "")
            if side == 0
            else Evidence(self.code, sentences, None, span, "", words)
        ]
