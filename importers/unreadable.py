"""What to say of a source that no importer can read: what was seen, and what is accepted."""

from importers.base import UnreadableSourceError
from importers.rdf.syntaxes import is_html, root_element
from importers.report import Where

ACCEPTED = (
    "Accepted are RDF (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, RDF/JSON), the national registration tool's "
    "CSV, XLSX and JSON, NAV's table, answers of the national search, termbases in TBX, OpenAPI, JSON Schema, XSD, "
    "ontologies, and acts in Lovdata's form or as Markdown."
)


def explain_empty(name: str) -> UnreadableSourceError:
    """An empty source."""
    return UnreadableSourceError("The file is empty.", Where(name), "Send the file again.")


def explain_no_statements(name: str, syntax: str) -> UnreadableSourceError:
    """RDF that says nothing: storing it would empty a catalogue."""
    message = f"The file is {syntax}, but has no statement that can be stored."
    return UnreadableSourceError(message, Where(name, line=1, column=1), "Send a file that describes something.")


def explain_no_rows(name: str, line: int | None, row: int) -> UnreadableSourceError:
    """A table that has only headers: storing it would empty a catalogue."""
    message = "The table has headers, but no row with anything in it."
    return UnreadableSourceError(message, Where(name, line=line, row=row), "Send a table with a concept in each row.")


def explain_unknown(name: str, text: str) -> UnreadableSourceError:
    """A text in no form that is accepted."""
    if not text.strip():
        return explain_empty(name)
    if is_html(text):
        return UnreadableSourceError(
            "The file is a web page (HTML), not RDF.",
            Where(name, line=1, column=1),
            "Fetch the data itself: the address may need another Accept header or suffix. " + ACCEPTED,
        )
    return UnreadableSourceError(
        f"The form of the file is not known: {_seen(text)}.", Where(name, line=1, column=1), ACCEPTED
    )


def _seen(text: str) -> str:
    if root := root_element(text):
        return f"it is XML with the root element <{root}>, which is not RDF/XML"
    if text.lstrip()[0] in "{[":
        return "it is JSON, but neither JSON-LD, RDF/JSON, a schema nor a list of concepts"
    first = text.strip().splitlines()[0]
    shown = first if len(first) <= 80 else first[:80] + "…"  # noqa: PLR2004 - as much as a line of a report holds
    return f"it begins with “{shown}”" if first.isprintable() else "it is not text"
