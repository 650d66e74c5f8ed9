"""What a source is: an address, the form of what lies there, whose it is, how often it is fetched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlsplit

from importers import IMPORTERS
from registry.errors import BadRequestError

CREDENTIAL_PREFIX = "SAMSVAR_CREDENTIAL_"
"""What the environment variables begin with that hold the credentials of sources."""
LEAST_HOURS, MOST_HOURS = 0.25, 8760.0
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_CREDENTIAL = re.compile(r"[A-Z0-9_]{1,60}")
_ORGANISATION = re.compile(r"[0-9]{9}")
_CATALOGUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LONGEST_URL, _LONGEST_TITLE = 2000, 200


@dataclass(frozen=True, slots=True)
class HarvestSource:
    """A source that is harvested.

    `format` is an importer's name, or empty: the content decides. So do `catalogue` and `publisher` where they are
    empty. `hours` lie between two runs. `credential` names the variable ``SAMSVAR_CREDENTIAL_{name}``, which holds the
    whole value of the Authorization header; empty: none is sent.
    """

    id: str
    url: str
    title: str = ""
    format: str = ""
    catalogue: str = ""
    publisher: str = ""
    hours: float = 24.0
    credential: str = ""
    enabled: bool = True

    def switched(self, *, on: bool) -> "HarvestSource":
        """The same, switched on or off."""
        return replace(self, enabled=on)


NAMES = tuple(each.name for each in fields(HarvestSource))


def checked(source: HarvestSource) -> HarvestSource:
    """The source, if it can be used.

    Raises:
        BadRequestError: it cannot; says which part of it is wrong.
    """
    _check_url(source.url)
    _match(_ID, source.id, "id", "small letters, digits and hyphens, 60 at most")
    if source.catalogue:
        _match(_CATALOGUE, source.catalogue, "catalogue", "letters, digits, dots, hyphens and underscores")
    if source.publisher:
        _match(_ORGANISATION, source.publisher, "publisher", "an organisation number of nine digits")
    if source.credential:
        _match(_CREDENTIAL, source.credential, "credential", "capital letters, digits and underscores")
    known = [importer.name for importer in IMPORTERS]
    if source.format and source.format not in known:
        raise BadRequestError(f"There is no format {source.format!r}: choose one of {', '.join(known)}, or none.")
    if not LEAST_HOURS <= source.hours <= MOST_HOURS:
        raise BadRequestError(f"The hours between two runs are from {LEAST_HOURS:g} to {MOST_HOURS:g}.")
    if len(source.title) > _LONGEST_TITLE or not source.title.isprintable():
        raise BadRequestError(f"The title has at most {_LONGEST_TITLE} characters, on one line.")
    return source


def source_of(document: Any) -> HarvestSource:
    """The source that a JSON object describes.

    Raises:
        BadRequestError: it is none.
    """
    if not isinstance(document, dict) or not all(isinstance(document.get(name), str) for name in ("id", "url")):
        raise BadRequestError('A source is a JSON object with at least "id" and "url".')
    if unknown := document.keys() - set(NAMES):
        raise BadRequestError(f"A source has no {min(unknown)!r}: it has {', '.join(NAMES)}.")
    _check_types(document)
    return checked(HarvestSource(**document))


def _check_types(document: Mapping[str, Any]) -> None:
    for name, value in document.items():
        kinds = {"hours": (int, float), "enabled": (bool,)}.get(name, (str,))
        if not isinstance(value, kinds) or (isinstance(value, bool) and name != "enabled"):
            wanted = {"hours": "a number", "enabled": "true or false"}.get(name, "a text")
            raise BadRequestError(f"The member {name!r} is {wanted}.")


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or len(url) > _LONGEST_URL or not url.isprintable() or " " in url:
        raise BadRequestError(f"{url[:100]!r} is no address of a source: write http://... or https://...")
    if parts.username is not None:
        raise BadRequestError("An address holds no user and no password: name a credential instead.")


def _match(pattern: re.Pattern[str], value: str, name: str, wanted: str) -> None:
    if not pattern.fullmatch(value):
        raise BadRequestError(f"The {name} {value[:80]!r} is not one: {wanted}.")
