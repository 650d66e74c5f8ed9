"""Identifiers of Norwegian acts and regulations: ``LOV-1997-06-13-44`` and the paths that are made of it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

_REFID = re.compile(
    r"(?:.*/)?(?P<kind>lov|for|forskrift)[-/](?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:-(?P<number>\d+))?",
    re.IGNORECASE,
)
_CELEX = re.compile(r"3(?P<year>\d{4})(?P<kind>[RL])(?P<number>\d{4})")


@dataclass(frozen=True, slots=True)
class Refid:
    """An act or regulation by the day it was given and its number that day; acts of old have no number."""

    kind: Literal["lov", "forskrift"]
    day: date
    number: int | None = None

    def __str__(self) -> str:
        """The form that Lovdata prints: ``LOV-1997-06-13-44``, ``FOR-2017-12-19-2286``."""
        prefix = "LOV" if self.kind == "lov" else "FOR"
        return "-".join((prefix, *self._parts))

    @property
    def _parts(self) -> tuple[str, ...]:
        numbers = () if self.number is None else (str(self.number),)
        return (*self.day.isoformat().split("-"), *numbers)

    @property
    def path(self) -> str:
        """``lov/1997/06/13/44``, the end of the act's IRI."""
        return "/".join((self.kind, *self._parts))

    @property
    def graph(self) -> str:
        """``lov-1997-06-13-44``, the id of the act's named graph."""
        return str(self).lower()


def parse_refid(text: str) -> Refid | None:
    """The refid that a text is (in any of its forms: ``lov/1997-06-13-44``, ``FOR-2017-12-19-2286``), else None."""
    found = _REFID.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    kind: Literal["lov", "forskrift"] = "lov" if found["kind"].lower() == "lov" else "forskrift"
    return Refid(kind, day, int(found["number"]) if found["number"] else None)


def refid_of_path(path: str) -> Refid | None:
    """The refid of the end of an act's IRI (``lov/1997/06/13/44``), None if it has another form."""
    kind, _, day = path.partition("/")
    return parse_refid(f"{kind}/{day.replace('/', '-')}")


def act_path(refid: str) -> str:
    """The end of an act's IRI: ``LOV-1980-02-08-2`` gives ``lov/1980/02/08/2``.

    Raises:
        ValueError: the text is no refid.
    """
    parsed = parse_refid(refid)
    if parsed is None:
        raise ValueError(f"“{refid}” is no identifier of an act or regulation.")
    return parsed.path


def european_eli(celex: str) -> str:
    """The ELI of a regulation or directive of the EU by its CELEX number; "" for anything else."""
    found = _CELEX.fullmatch(celex)
    if found is None:
        return ""
    kind = {"R": "reg", "L": "dir"}[found["kind"]]
    return f"http://data.europa.eu/eli/{kind}/{found['year']}/{int(found['number'])}/oj"


def section_name(number: str) -> str:
    """A section's part of an IRI: ``§ 1-2`` gives ``1-2``, ``§ 7 b`` gives ``7b``, ``Artikkel 3`` ``artikkel-3``."""
    plain = re.sub(r"^[§$\s]+|[.\s]+$", "", number).casefold()
    plain = re.sub(r"(?<=\d)\s+(?=[a-zæøå]$)", "", plain)
    return re.sub(r"[^0-9a-zæøå]+", "-", plain).strip("-")


def provision_path(reference: str) -> str | None:
    """The end of the IRI of an act or a section: ``lov/1990-06-29-50/§4-11`` gives ``lov/1990/06/29/50/4-11``.

    What is below a section (ledd, bokstav) is let go. None if the reference has no such form.
    """
    act, _, rest = reference.replace("%C2%A7", "§").partition("§")
    parsed = parse_refid(act.rstrip("/ "))
    if parsed is None:
        return None
    section = section_name(rest.split("/")[0])
    return f"{parsed.path}/{section}" if section else parsed.path


@dataclass(slots=True)
class UniqueNames:
    """Gives out the names of an act's subdivisions: the second ``1-2`` is ``1-2--2``."""

    _met: Counter[str] = field(default_factory=Counter)

    def unique(self, name: str) -> str:
        """The name, with its ordinal where it was given out before."""
        self._met[name] += 1
        return name if self._met[name] == 1 else f"{name}--{self._met[name]}"
