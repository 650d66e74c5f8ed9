"""URIs that do not change: minted from content, so that importing the same record twice meets the same things.

``{base}/concepts/{uuid}`` depends on the catalogue and the recommended term, never on the definition: an edited
definition belongs to the same concept. ``{base}/definitions|sources|nodes/{uuid}`` depend on their owner and content.
"""

import re
import unicodedata
import uuid

from pyoxigraph import NamedNode

from ontologies.namespaces import ORGANISATION

_CONCEPTS = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/samsvar/minted/concepts")
_CONTENT = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/samsvar/minted/content")
_NINE_DIGITS = re.compile(r"(?<![0-9A-Za-z-])\d{9}(?![0-9A-Za-z-])")
_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d"})


def concept_iri(uri_base: str, catalogue: str, term: str, ordinal: int = 0) -> NamedNode:
    """The URI of a concept that came without one; `ordinal` counts from 0 among equal terms of the catalogue."""
    identifier = uuid.uuid5(_CONCEPTS, "\0".join((catalogue, term, str(ordinal))))
    return NamedNode(f"{uri_base}/concepts/{identifier}")


def content_iri(uri_base: str, kind: str, owner: str, content: tuple[str, ...]) -> NamedNode:
    """The URI of a nameless part of `owner`: `kind` is ``definitions``, ``sources`` or ``nodes``."""
    identifier = uuid.uuid5(_CONTENT, "\0".join((owner, *content)))
    return NamedNode(f"{uri_base}/{kind}/{identifier}")


def organisation_number(text: str) -> str:
    """The nine digits of an organisation number in any IRI or text, "" if there is none."""
    found = _NINE_DIGITS.search(text)
    return found.group() if found else ""


def organisation_iri(text: str) -> NamedNode | None:
    """The publisher's one IRI, from an organisation number or any IRI that has one."""
    number = organisation_number(text)
    return ORGANISATION[number] if number else None


def slug(text: str) -> str:
    """A graph's id from a name: lower case letters a to z, digits and single hyphens; "" if nothing is left."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")


def file_stem(name: str) -> str:
    """The last part of a source's name without its suffix: ``archive.zip/my list.csv`` gives ``my list``."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    return last.rsplit(".", 1)[0] if "." in last.strip(".") else last
