"""What a drafter writes below a page for a definition: act, date, number and section; for a catalogue who and where.

Footnotes are Norwegian, as the acts are, whatever language the reader has.
"""

import re
from datetime import date

from babel.dates import format_date
from pyoxigraph import NamedNode

from registry.catalogue.queries import ask, iri
from registry.catalogue.terms import TermEntry
from registry.catalogue.texts import Reference, shown
from sparql.store import Reader

_KIND = {"lov": "Lov", "forskrift": "Forskrift"}
_ACT = re.compile(r"/legislation/(?P<kind>lov|forskrift)/(?P<day>\d{4}/\d\d/\d\d)/(?P<number>\d+)")
_CITED = re.compile(r"§|Art\b|Artikkel\b|Kapittel\b|Vedlegg\b", re.IGNORECASE)
"""How the name of a provision begins that can be cited by it."""


def footnote(reader: Reader, entry: TermEntry) -> str:
    """The reference to the entry's definition, with a full stop."""
    words = _of_law(reader, entry.act, entry.section) if entry.act else _of_catalogue(entry)
    return f"{words.rstrip('.')}."


def law_footnote(reader: Reader, act: Reference, section: Reference | None) -> str:
    """The reference to an act, or to a section of it, with a full stop."""
    return f"{_of_law(reader, act, section).rstrip('.')}."


def eli(reader: Reader, uri: str, section: Reference | None = None) -> str:
    """Lovdata's European Legislation Identifier of the act that an IRI names, or of a section of it; "" for other IRIs.

    What is cited otherwise than by a section sign (an article, an annex) has that of its act.
    """
    found = _ACT.search(uri)
    if found is None:
        return ""
    act = f"https://lovdata.no/eli/{found['kind']}/{found['day']}/{found['number']}"
    number = "".join(_provision(reader, section).split())
    return f"{act}/{number}" if number.startswith("§") else act


def act_day(uri: str) -> str:
    """The date of the act or regulation that an IRI names, ISO 8601; "" where it names none."""
    found = _ACT.search(uri)
    return found["day"].replace("/", "-") if found else ""


def _of_law(reader: Reader, act: Reference, section: Reference | None) -> str:
    title = act.name("nb")
    found = _ACT.search(act.uri)
    if found:
        kind = _KIND[found["kind"]]
        about = re.sub(rf"^{kind}\b\s*", "", title)
        title = f"{kind} {_written(act_day(act.uri))} nr. {found['number']} {about}"
    return f"{title} {_provision(reader, section)}".strip()


def _provision(reader: Reader, section: Reference | None) -> str:
    """The number of the section, such as § 1-8; "" for what cannot be cited by its number."""
    rows = ask(reader, "citation", section=NamedNode(section.uri)) if section else []
    number = iri(rows[0], "number").strip().rstrip(".") if rows else ""
    return number if _CITED.match(number) else ""


def _of_catalogue(entry: TermEntry) -> str:
    by = entry.publisher.name("nb") if entry.publisher else ""
    names = [shown(catalogue.name, "nb") for catalogue in entry.catalogues]
    said_by = dict.fromkeys(name for name in (by, *names) if name)
    return ", ".join((f"«{entry.concept.name('nb')}»", *said_by, entry.concept.uri))


def _written(day: str) -> str:
    """The date as acts have it; what is no date stays as it is."""
    try:
        return str(format_date(date.fromisoformat(day), "d. MMMM y", locale="nb"))
    except ValueError:
        return day
