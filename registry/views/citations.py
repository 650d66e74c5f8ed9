"""The words of a source with links to the law that they refer to, where the register holds it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import gettext

from registry.catalogue.definitions import DefinitionSource
from registry.catalogue.texts import shown
from registry.harmonisation.records import SourceReference
from registry.references.resolving import ResolvedReference, resolve_text
from registry.views.context import reader
from registry.views.languages import language
from registry.views.links import external, href, minted_path

_NAMES_LAW = re.compile(r"§|\$|lov|for(?:skr|-\d)|kap|art|direktiv|fsfin|reglene|grl", re.IGNORECASE)
"""What hardly any reference is without; other sources need not be looked at closer."""


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """A piece of a source; `href` "" for words without a link, `note` what is to be known of the reference."""

    text: str
    href: str = ""
    note: str = ""


def init_citations(app: Flask) -> None:
    """Gives templates the filter `source_items`."""
    app.jinja_env.filters["source_items"] = source_items


def source_items(sources: Iterable[DefinitionSource | SourceReference]) -> list[dict[str, Any]]:
    """Sources as the layout's macro takes them: a link that a browser may follow, or words with links to the law."""
    found: list[dict[str, Any]] = []
    for source in sources:
        text = shown(source.text, language()) if isinstance(source, DefinitionSource) else source.text
        pieces = () if minted_path(source.uri) else linked(text or source.uri)
        uri = external(source.uri) if source.uri else ""
        found.append({"text": text or source.uri, "uri": uri, "pieces": pieces})
    return found


def linked(text: str) -> tuple[SourcePiece, ...]:
    """The text in pieces, each reference one; a single piece where nothing is known of any."""
    if not _NAMES_LAW.search(text):
        return (SourcePiece(text),)
    pieces: list[SourcePiece] = []
    at = 0
    for reference in resolve_text(reader(), text):
        start, end = reference.found.span
        note = _note(reference)
        if start < at or not (reference.uri or note):
            continue
        pieces += [SourcePiece(text[at:start])] if start > at else []
        pieces.append(SourcePiece(text[start:end], href(reference.uri) if reference.uri else "", note))
        at = end
    return (*pieces, SourcePiece(text[at:])) if at < len(text) else tuple(pieces)


def _note(reference: ResolvedReference) -> str:
    """What a reader must know before following the link, "" where all is as it should be."""
    found = reference.found
    if found.standing == "ended":
        return str(gettext("no longer in force"))
    if found.standing == "impossible":
        return str(gettext("does not exist"))
    if reference.provision_status == "repealed":
        return str(gettext("repealed"))
    if reference.provision_status == "missing":
        return str(gettext("the act has no such section"))
    if found.guess and reference.uri:
        return str(gettext("probably %(act)s", act=reference.title))
    return ""
