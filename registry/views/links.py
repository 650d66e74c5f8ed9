"""Where things are, as pages link to them: minted URIs at their own path, others at ``/resource?uri=``."""

import re
from datetime import date
from urllib.parse import quote

from flask import request
from flask_babel import format_date, gettext

from registry.catalogue.organisations import organisation_number
from registry.services import services
from registry.views.languages import language

_PROVISION = re.compile(r"/legislation/(lov|forskrift)/(\d{4})/(\d\d)/(\d\d)/(\d+)(?:/([^/]+))?")
"""The path of an act, a regulation, or a section of one."""
_SUFFIXES = (".json", ".csv", ".ttl", ".jsonld", ".rdf", ".nt")
"""What the path of a page's data ends in."""
_SAFE = "/:@!$&'()*+,;=-._~%"


def href(uri: str) -> str:
    """The page of a thing that the register holds."""
    path = minted_path(uri)
    root = request.script_root
    return f"{root}{quote(path, safe=_SAFE)}" if path else f"{root}/resource?uri={quote(uri, safe='')}"


def minted_path(uri: str) -> str:
    """The path of a URI that is minted here, "" for others."""
    base = services().urls.base
    return uri.removeprefix(base) if uri.startswith(f"{base}/") and "#" not in uri and "?" not in uri else ""


def external(uri: str) -> str:
    """The address to link to for something outside the register; "" for what no browser should follow."""
    if minted_path(uri):
        return href(uri)
    return uri if uri.startswith(("http://", "https://", "mailto:", "tel:")) else ""


def provision(uri: str) -> tuple[str, str]:
    """An act or section that the register does not hold, as lawyers cite it, and its address at Lovdata; else two "".

    Such URIs are minted when a regulation names the provisions that it is given under.
    """
    found = _PROVISION.fullmatch(minted_path(uri))
    if found is None:
        return "", ""
    kind, year, month, day, number, section = found.groups()
    try:
        when = date(int(year), int(month), int(day))
    except ValueError:
        return "", ""
    written = str(format_date(when, "d MMMM y" if language() == "en" else "d. MMMM y"))
    act = gettext("Act of %(date)s No. %(number)s", date=written, number=number)
    regulation = gettext("Regulation of %(date)s No. %(number)s", date=written, number=number)
    words = (act if kind == "lov" else regulation) + _place(section)
    address = f"https://lovdata.no/{kind}/{when.isoformat()}-{number}"
    return words, address + _place(section).replace(" § ", "/§")


def _place(section: str | None) -> str:
    return f" § {section}" if section and section[0].isdecimal() else ""


def document_path(uri: str, suffix: str) -> str:
    """The document about a thing in one format."""
    path = minted_path(uri)
    root = request.script_root
    if path:
        return f"{root}{quote(path, safe=_SAFE)}.{suffix}"
    return f"{root}/resource?uri={quote(uri, safe='')}&format={suffix}"


def linkset_path(uri: str) -> str:
    """The signposts of a thing."""
    return f"{request.script_root}/linkset?uri={quote(uri, safe='')}"


def json_address() -> str:
    """This page's data as JSON, with the same choices."""
    return data_address("json")


def data_address(suffix: str) -> str:
    """This page's data in a format, with the same choices."""
    query = request.query_string.decode("ascii", "ignore")
    path = request.path
    for ending in _SUFFIXES:
        path = path.removesuffix(ending)
    return f"{request.script_root}{quote(path, safe=_SAFE)}.{suffix}{'?' if query else ''}{query}"


def organisation_href(uri: str) -> str:
    """The page of an organisation: by its number where the IRI has one."""
    number = organisation_number(uri)
    return f"{request.script_root}/organisations/{number}" if number else href(uri)


def term_href(term: str) -> str:
    """The page with every definition of a word."""
    return f"{request.script_root}/terms/{quote(term, safe='')}"


def ask_address(uri: str) -> str:
    """The SPARQL editor with a query about the thing."""
    return f"{request.script_root}/sparql?example=everything-about-a-concept&$concept={quote(uri, safe='')}"
