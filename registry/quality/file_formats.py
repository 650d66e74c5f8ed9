"""What is known of file formats: which vocabularies name them, which are open, which a program can read."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal

from ontologies.namespaces import DCAT, DCT
from registry.quality.facts import Facts
from sparql.store import Term

_VOCABULARIES = (
    "http://publications.europa.eu/resource/authority/file-type/",
    "https://publications.europa.eu/resource/authority/file-type/",
    "http://www.iana.org/assignments/media-types/",
    "https://www.iana.org/assignments/media-types/",
)
_LEADING = ("esri ", "ogc ", "arcgis ")


def formats(facts: Facts, distribution: Term) -> list[Term]:
    """Format and media type, whatever form they have."""
    return [value for value in facts.values(distribution, DCT["format"], DCAT.mediaType) if _code(value)]


def is_from_vocabulary(value: Term) -> bool:
    """Whether it is an IRI of the EU's file types or of IANA's media types."""
    return getattr(value, "value", "").startswith(_VOCABULARIES) and not isinstance(value, Literal)


def format_name(value: Term) -> str:
    """The one name of a format that goes by several: "ESRI Shape", "Shapefile" and "SHP" are all "SHAPE"."""
    code = _code(value)
    return _spellings().get(code, code).upper()


def is_open(value: Term) -> bool:
    """Whether the format is nobody's property."""
    return _code(value) in _named("open")


def is_structured(value: Term) -> bool:
    """Whether a program can take the data out of it."""
    return _code(value) in _named("structured")


@cache
def _named(which: str) -> frozenset[str]:
    text = files(__package__).joinpath("file_formats.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[which].split())


@cache
def _spellings() -> dict[str, str]:
    text = files(__package__).joinpath("file_formats.toml").read_text(encoding="utf-8")
    return {spelling: name for name, spellings in tomllib.loads(text)["same"].items() for spelling in spellings.split()}


@cache
def _last_part(name: str) -> str:
    for leading in _LEADING:
        name = name.removeprefix(leading)
    return name.strip(" .").replace("_", "-")


def _code(value: Term) -> str:
    """The format's name in small letters: "ESRI Shape" is "shape", application/ld+json is "ld+json"."""
    return _last_part(re.split(r"[/#]", getattr(value, "value", "").strip().rstrip("/").lower())[-1])
