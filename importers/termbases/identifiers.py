"""A concept's URI as an XML id, and back, so that a termbase that leaves the register comes home to the same concepts.

An id may hold letters, digits, ``.`` and ``-``; any other character of the URI is written ``_XX`` by its bytes.
"""

import re

from importers.concepts.values import is_absolute_iri

_PREFIX = "uri_"
_PLAIN = re.compile(r"[A-Za-z0-9.-]")
_ESCAPED = re.compile(r"_([0-9A-F]{2})")


def xml_id(uri: str) -> str:
    """The URI as an XML id (an NCName)."""
    return _PREFIX + "".join(_escaped(character) for character in uri)


def uri_of(identifier: str) -> str:
    """The URI that an id carries, "" for an id that carries none."""
    if not identifier.startswith(_PREFIX):
        return ""
    octets = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), identifier.removeprefix(_PREFIX))
    try:
        uri = octets.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
    return uri if is_absolute_iri(uri) and xml_id(uri) == identifier else ""


def _escaped(character: str) -> str:
    if _PLAIN.fullmatch(character):
        return character
    return "".join(f"_{octet:02X}" for octet in character.encode())
