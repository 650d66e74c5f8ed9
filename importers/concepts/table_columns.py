"""Headers of the national registration tool's tables, both generations, to fields.

A header is folded (lower case, no white space), so that ``Anbefalt term : nb`` and ``anbefaltterm:nb`` are one.
"""

import re
import unicodedata
from dataclasses import dataclass

EXPECTED = (
    "anbefalt_term:nb",
    "tillatt_term:nb",
    "frarådet_term:nb",
    "definisjon:nb",
    "definisjon:forhold_til_kilde",
    "definisjon:kilde",
    "merknad:nb",
    "fagområde:nb",
)
"""Header names to show to somebody whose table has none."""

FIELD_NAMES = (
    *("id", "originalt_begrep", "anbefalt_term", "tillatt_term", "frarådet_term", "definisjon"),
    *("definisjon:forhold_til_kilde", "definisjon:kilde"),
    *(f"definisjon_for_allmennheten{part}" for part in ("", ":forhold_til_kilde", ":kilde")),
    *(f"definisjon_for_spesialister{part}" for part in ("", ":forhold_til_kilde", ":kilde")),
    *("merknad", "eksempel", "fagområde", "verdiområde:tekst", "verdiområde:uri", "kontaktpunkt:epost"),
    *("kontaktpunkt:telefon", "gyldig_fom", "gyldig_tom", "se_også", "versjon", "status"),
)
"""Every header that a mapping may name; those of texts may have a language behind them, as in ``definisjon:nn``."""

DEFAULT_LANGUAGE = "nb"
MARK = "samsvar:repair"
"""The header of the column in which a repaired table says what was done; nothing of it is stored."""

_LANGUAGE_FIELDS = {
    "anbefaltterm": "preferred",
    "tillattterm": "admitted",
    "frarådetterm": "discouraged",
    "frarådterm": "discouraged",
    "definisjon": "definition",
    "definisjonforallmennheten": "public_definition",
    "definisjonforspesialister": "specialist_definition",
    "merknad": "note",
    "eksempel": "example",
    "fagområde": "subject",
    "bruksområde": "subject",
}
_PLAIN_FIELDS = {
    "id": "identifier",
    "uri": "identifier",
    "forholdtilkilde": "definition.relationship",
    "kilde": "definition.source",
    "verdiområde:uri": "value_range_uri",
    "verdiområde:tekst": "value_range",
    "omfanguri": "value_range_uri",
    "omfangtekst": "value_range",
    "kontaktpunkt:epost": "email",
    "kontaktpunktepost": "email",
    "kontaktpunkt:telefon": "telephone",
    "kontaktpunkttelefon": "telephone",
    "gyldigfom": "valid_from",
    "gyldigtom": "valid_to",
    "seogså": "see_also",
    "versjon": "version",
    "status": "status",
    "originaltbegrep": "original",
    "revisjonav": "revision_of",
    "tildeltbruker": "assigned_user",
    "tildeltbrukerid": "assigned_user",
    MARK: "mark",
}
SEVERAL = frozenset({"admitted", "discouraged", "subject", "value_range_uri", "see_also"})
"""Fields of which a cell may have several values."""
_SOURCE_FIELDS = {"forholdtilkilde": "relationship", "kilde": "source"}
_SPELLINGS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds. `field` is "" if nobody knows; `language` is "" for a field without one.

    `assumed` says that the header names no language and the default one stands in. `separator` stands between several
    values in a cell, `prefix` is put before each.
    """

    index: int
    header: str
    field: str
    language: str = ""
    assumed: bool = False
    separator: str = "|"
    prefix: str = ""


def fold(header: str) -> str:
    """A header without case, white space, underscores and control characters, its letters composed."""
    return re.sub(r"[\s_\x00-\x1f\u00a0\ufeff]+", "", unicodedata.normalize("NFC", header).casefold())


def _ascii_twins(names: dict[str, str]) -> dict[str, str]:
    """The names, and the same spelt without æ, ø and å, as in ``fraraadet`` and ``fagomraade``."""
    return names | {name.translate(_SPELLINGS): field for name, field in names.items()}


_BY_LANGUAGE = _ascii_twins(_LANGUAGE_FIELDS)
_PLAIN = _ascii_twins(_PLAIN_FIELDS)


def read_columns(headers: tuple[str, ...]) -> tuple[Column, ...]:
    """One column for each header that is not empty, in order; repeated headers are all kept."""
    return tuple(read_column(index, header) for index, header in enumerate(headers) if header.strip())


def is_header(headers: tuple[str, ...]) -> bool:
    """Whether the cells are headers of a concept table: they name a recommended term."""
    return any(column.field == "preferred" for column in read_columns(headers))


def read_column(index: int, header: str) -> Column:
    """What a header says that its column holds."""
    folded = fold(header)
    if folded in _PLAIN:
        return Column(index, header, _PLAIN[folded])
    name, _, part = folded.partition(":")
    field = _BY_LANGUAGE.get(name, "")
    if field.endswith("definition") and part in _SOURCE_FIELDS:
        return Column(index, header, f"{field}.{_SOURCE_FIELDS[part]}")
    if field and not part:
        return Column(index, header, field, DEFAULT_LANGUAGE, assumed=True)
    if field and LANGUAGE_TAG.fullmatch(part):
        return Column(index, header, field, part)
    return Column(index, header, "")
