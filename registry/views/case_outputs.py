"""What comes out of a case: what its owners are asked to change, letters, and a feed of what happens in it."""

from collections.abc import Callable
from hashlib import sha256

from flask import Blueprint, Response, render_template

from registry.cases.case import Case, case
from registry.cases.changes import Change, as_triples, changes
from registry.cases.letters import letters
from registry.cases.template_table import template_table
from registry.catalogue.labels import labelled
from registry.ledger.ledger import Entry
from registry.views.context import reader, register
from registry.views.offers import table_formats
from registry.views.parameters import chosen
from registry.views.rendering import CSV, TABLES, Shown, page
from sparql.formats import RDF_FORMATS, RdfSyntax, serialise

blueprint = Blueprint("case_outputs", __name__)

_SHOWN = frozenset({"title", "state", "deadline", "responsible", "parties", "common", "existing", "owner"})
_SHOWN_OF_CONCEPTS = frozenset({"concept", "finding", "outcome"})
_ENTRIES = 50


def _stamp() -> str:
    """What tells states of the cases apart that no generation shows."""
    ledger = register().ledger
    return str(sum(len(ledger.entries("case", each)) for each in ledger.all("case")))


@page(blueprint, "/cases/<name>/proposals", TABLES, stamp=_stamp)
def proposals(name: str) -> Shown:
    """What the owners, or one with ``?organisation=``, are asked to change, and whether their catalogue says so now."""
    found = case(register().ledger, name)
    organisation = chosen("organisation")
    proposed = [each for each in changes(register(), found) if not organisation or each.owner == organisation]
    return Shown(
        "cases/proposals.html",
        {"case": found, "proposed": proposed, "organisation": organisation, "data_formats": table_formats},
        lambda: {"case": found.id, "changes": [each.as_json() for each in proposed]},
        _tables(proposed),
    )


def _tables(proposed: list[Change]) -> dict[str, Callable[[], str | bytes]]:
    """The concepts as they would read: in the columns of the national template, and in RDF."""
    return {
        CSV: lambda: template_table(as_triples(register(), proposed), lambda uri: labelled(reader(), uri).name("nb")),
        **{syntax.media_type: _in(syntax, proposed) for syntax in RDF_FORMATS},
    }


def _in(syntax: RdfSyntax, proposed: list[Change]) -> Callable[[], bytes]:
    return lambda: serialise(as_triples(register(), proposed), syntax)


@page(blueprint, "/cases/<name>/letters", stamp=_stamp)
def case_letters(name: str) -> Shown:
    """The letters, to be printed or copied."""
    found = case(register().ledger, name)
    written = letters(register(), found)
    return Shown(
        "cases/letters.html",
        {"case": found, "letters": written, "address": register().settings.public_url},
        lambda: {
            "letters": [
                {
                    "kind": each.kind,
                    "to": each.to.as_json() if each.to else None,
                    "name": each.who,
                    "concepts": [one.uri for one in each.concepts],
                    "changes": [one.as_json() for one in each.changes],
                }
                for each in written
            ]
        },
    )


@blueprint.get("/cases/<name>/feed.atom")
def feed(name: str) -> Response:
    """What everybody may know of what happens in a case: its facts and outcomes, and proposals that were adopted."""
    found = case(register().ledger, name)
    told = [each for each in reversed(found.entries) if _is_shown(each)][:_ENTRIES]
    adopted = [each for each in changes(register(), found) if each.adopted]
    body = render_template(
        "cases/feed.xml",
        case=found,
        entries=told,
        adopted=[(each, _key(found, each)) for each in adopted],
        address=register().settings.public_url,
        generation=reader().generation,
    )
    return Response(body, mimetype="application/atom+xml", headers={"Cache-Control": "no-cache"})


def _is_shown(each: Entry) -> bool:
    return each.field in _SHOWN or each.field.partition(":")[0] in _SHOWN_OF_CONCEPTS


def _key(found: Case, each: Change) -> str:
    """A name for a proposal that was adopted, the same whenever it is asked for."""
    said = f"{found.id} {each.concept.uri} {each.what} {each.after.language} {each.after.value}"
    return sha256(said.encode()).hexdigest()[:16]
