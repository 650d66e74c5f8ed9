"""What people choose among when they say what a column of a table holds: fields, languages, signs between values."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from importers.concepts.table_columns import SEVERAL, read_column
from importers.table_mapping import PASSED_OVER

TERM = "anbefalt_term"
NOT_USED: tuple[str, object] = (PASSED_OVER, _("Not used"))
GROUPS: tuple[tuple[object, Mapping[str, object]], ...] = (
    (
        _("Term"),
        {
            TERM: _("Recommended term"),
            "tillatt_term": _("Admitted term, synonym, abbreviation"),
            "frarådet_term": _("Discouraged term"),
        },
    ),
    (
        _("Definition"),
        {
            "definisjon": _("Definition"),
            "definisjon:kilde": _("Source of the definition"),
            "definisjon:forhold_til_kilde": _("Relation to the source"),
            "definisjon_for_allmennheten": _("Definition for the public"),
            "definisjon_for_allmennheten:kilde": _("Source of the definition for the public"),
            "definisjon_for_allmennheten:forhold_til_kilde": _("Relation to that source (public)"),
            "definisjon_for_spesialister": _("Definition for specialists"),
            "definisjon_for_spesialister:kilde": _("Source of the definition for specialists"),
            "definisjon_for_spesialister:forhold_til_kilde": _("Relation to that source (specialists)"),
        },
    ),
    (
        _("Text about the concept"),
        {
            "merknad": _("Note"),
            "eksempel": _("Example"),
            "fagområde": _("Subject field"),
            "verdiområde:tekst": _("Range of values"),
            "verdiområde:uri": _("Range of values (address)"),
        },
    ),
    (
        _("About the record"),
        {
            "id": _("URI, or identifier that a URI is made from"),
            "originalt_begrep": _("The owner’s own number"),
            "se_også": _("See also (address)"),
            "kontaktpunkt:epost": _("Contact: e-mail"),
            "kontaktpunkt:telefon": _("Contact: telephone"),
            "gyldig_fom": _("Valid from"),
            "gyldig_tom": _("Valid to"),
            "versjon": _("Version"),
            "status": _("Status"),
        },
    ),
)
"""The fields that a mapping may name, by what they are about."""
LABELS: Mapping[str, object] = dict(field for _label, fields in GROUPS for field in fields.items())
LANGUAGES: Mapping[str, object] = {
    "nb": _("Bokmål"),
    "nn": _("Nynorsk"),
    "en": _("English"),
    "se": _("Northern Sami"),
    "da": _("Danish"),
    "sv": _("Swedish"),
}
SEPARATORS: Mapping[str, tuple[str, object]] = {
    "bar": ("|", "|"),
    "semicolon": (";", ";"),
    "comma": (",", ","),
    "slash": ("/", "/"),
    "line": ("\n", _("a new line")),
}
"""The signs between several values in a cell, by a name that a form can send."""


def has_language(field: str) -> bool:
    """Whether the values of a field are in a language."""
    return read_column(0, field).assumed


def has_several(field: str) -> bool:
    """Whether a cell of a field may hold several values."""
    return read_column(0, field).field in SEVERAL
