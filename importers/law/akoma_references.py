"""Where an Akoma Ntoso reference leads: an act by its place in the naming convention, or any address of an act."""

import re

from importers.law.identifiers import parse_refid
from importers.legal_references import resolve

REGULATION = re.compile(r"(?:^|/)(?:forskrift|for|regulation)(?:/|$)", re.IGNORECASE)
"""A part of an IRI that makes it that of a regulation."""
_HREF = re.compile(
    r"/akn/no/act/(?P<kind>(?:[a-zæøå]+/)*)(?P<day>\d{4}-\d{2}-\d{2})(?:[/-](?P<number>\d+))?(?:/[^#]*|[!@~][^#]*)?"
    r"(?:#(?:\w+__)?(?:sec|art)_(?P<section>[\w-]+?)(?:__.*)?)?",
    re.IGNORECASE,
)


def reference(href: str) -> str:
    """What a reference leads to as ``lov/1999-04-10-17/§2-1``; "" if it leads to no Norwegian act."""
    found = _HREF.fullmatch(re.sub(r"^https?://[^/]+", "", href))
    if found is not None:
        kind = "forskrift" if REGULATION.search(f"/{found['kind']}") else "lov"
        number = f"-{found['number']}" if found["number"] else ""
        section = f"/§{found['section']}" if found["section"] else ""
        return f"{kind}/{found['day']}{number}{section}"
    for one in resolve(href) if "lovdata.no" in href else ():
        refid = parse_refid(one.refid)
        if refid is not None:
            day = "-".join(refid.path.split("/")[1:])
            return f"{refid.kind}/{day}" + (f"/{one.provision.replace(' ', '')}" if one.provision else "")
    return ""
