"""Filters of templates: texts in the reader's language, links, dates."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from flask import Flask
from flask_babel import format_date, format_datetime
from markupsafe import Markup, escape

from registry.catalogue.concepts import Concept
from registry.catalogue.texts import Reference, Text, Texts, ordered, pick, same_language, shown
from registry.issue_words import Words, in_words
from registry.refusal_words import Refusal, refusal_in
from registry.views.languages import language
from registry.views.links import ask_address, external, href, organisation_href, provision, term_href
from registry.views.prose import prose

_DAY = 10
"""Characters of an ISO 8601 date."""


def init_filters(app: Flask) -> None:
    """Gives templates the filters of this module, by these names."""
    app.jinja_env.filters.update(
        href=href,
        external=external,
        organisation_href=organisation_href,
        provision=provision,
        words=words,
        plain=plain,
        name=name_of,
        texts=ranked,
        best=best,
        suited=suited,
        norwegian=norwegian,
        day=day,
        moment=moment,
        term_address=term_address,
        ask_address=ask_address,
        prose=prose,
        in_words=issue_words,
        refusal=refusal,
    )


def refusal(source: Any) -> Refusal:
    """Why a source could not be read, in the reader's language; `source` is the error, or as a report has it."""
    said = source if isinstance(source, dict) else {"message": source.message, "fix": source.fix}
    return refusal_in(said["message"], said["fix"], language())


def issue_words(issue: Any) -> Words:
    """What an issue of a report says, in the reader's language; `issue` is one as JSON, or read back."""
    said = issue if isinstance(issue, dict) else asdict(issue)
    return in_words(said["code"], said["value"], Words(said["message"], said["fix"]), language())


def words(texts: Texts) -> Markup:
    """The best text for this reader, with its language where it is not the page's."""
    return _marked(pick(texts, language()))


def plain(texts: Texts) -> str:
    """The best text for this reader, where no markup can stand."""
    return shown(texts, language())


def norwegian(texts: Texts) -> str:
    """The Norwegian words, which acts and findings use too: nynorsk for a reader of nynorsk, else bokmål."""
    return shown(texts, "nn" if language() == "nn" else "nb")


def name_of(reference: Reference) -> Markup:
    """What the thing is called, with its language where it is not the page's."""
    label = pick(reference.label, language())
    return _marked(label) if label and label.value else escape(reference.name(language()))


def ranked(texts: Texts) -> Texts:
    """All texts, this reader's language first."""
    return ordered(texts, language())


def best(texts: Texts) -> Texts:
    """All texts in the one language that suits this reader best."""
    return same_language(texts, language())


def suited(references: Iterable[Reference]) -> list[Reference]:
    """Things, and of words alone those in the one language that suits this reader best."""
    found = list(references)
    chosen = same_language(tuple(one.label[0] for one in found if not one.uri), language())
    return [one for one in found if one.uri or one.label[0] in chosen]


def day(value: str) -> str:
    """An ISO 8601 date, or the date of a time, as people write it; what is no date stays as it is."""
    try:
        return str(format_date(date.fromisoformat(value[:_DAY]), "d. MMMM y" if language() != "en" else "d MMMM y"))
    except ValueError:
        return value


def moment(value: str) -> str:
    """An ISO 8601 time as people write it; what is no time stays as it is."""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return value
    return str(format_datetime(time, "d. MMMM y HH:mm" if language() != "en" else "d MMMM y HH:mm"))


def term_address(concept: Concept) -> str:
    """The page of the word by which the concept goes: the Norwegian one, which acts use too."""
    return term_href(norwegian(concept.terms))


def _marked(text: Text | None) -> Markup:
    if text is None:
        return Markup()
    if text.primary in {"", language()}:
        return escape(text.value)
    return Markup('<span lang="{}">{}</span>').format(text.language, text.value)
