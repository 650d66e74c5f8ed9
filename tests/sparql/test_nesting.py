"""Documents that are nested too deeply are told apart before they are parsed, whatever stands in their strings."""

import pytest
from pyoxigraph import RdfFormat

from sparql.errors import DocumentError
from sparql.updating.nesting import DEEPEST, check_nesting

MANY = 50_000
XML = (
    '<?xml version="1.0"?>{}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="a:">{}</rdf:RDF>'
)


def elements(depth: int) -> str:
    return XML.format("", "<rdf:Description><e:p>" * depth + "</e:p></rdf:Description>" * depth)


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        (RdfFormat.TURTLE, "<a:a> <a:b> " + "[ <a:b> " * MANY + "1" + "]" * MANY + " ."),
        (RdfFormat.TURTLE, "<a:a> <a:b> " + "(" * MANY + ")" * MANY + " ."),
        (RdfFormat.TURTLE, "<a:a> <a:b> " + "<<( <a:a> <a:b> " * MANY),
        (RdfFormat.TRIG, "<a:g> { <a:a> <a:b> " + "[ <a:b> (" * MANY + ")]" * MANY + " }"),
        (RdfFormat.N3, "{" * MANY + "}" * MANY + " ."),
        (RdfFormat.TURTLE, "# an apostrophe's comment (\n<a:a> <a:b> " + "[<a:b>(" * MANY),
        (RdfFormat.TURTLE, "ex:o\\'clock <a:b> " + "[<a:b>(" * MANY),
        (RdfFormat.JSON_LD, '{"a:b": [' * MANY + "1" + "]}" * MANY),
        (RdfFormat.JSON_LD, '{"a:\\"b": [' * MANY),
        (RdfFormat.RDF_XML, elements(MANY)),
    ],
)
def test_too_deep(syntax: RdfFormat, text: str) -> None:
    with pytest.raises(DocumentError, match=rf"Line \d, column \d+: .*{DEEPEST} levels"):
        check_nesting(text.encode(), syntax)


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        (RdfFormat.TURTLE, "<a:a> <a:b> " + "[ <a:b> " * DEEPEST + "1" + "]" * DEEPEST + " ."),
        (RdfFormat.TURTLE, "<a:a> <a:b> [], () .\n" * MANY),
        (RdfFormat.TURTLE, '<a:a> <a:b> "' + "(" * MANY + '" .'),
        (RdfFormat.TURTLE, '<a:a> <a:b> """' + '[ ""(\n' * MANY + '""" .'),
        (RdfFormat.TURTLE, "<a:a> <a:b> '''" + "[ '' \\' (\n" * MANY + "''' ."),
        (RdfFormat.TURTLE, "<a:a> <a:b> '', \"\" .\n#" + "[" * MANY),
        (RdfFormat.TURTLE, "<a:" + "(" * MANY + "> <a:b> <a:c> ."),
        (RdfFormat.TURTLE, "<a:a> <a:b> ex:" + "\\(" * MANY + " ."),
        (RdfFormat.N_TRIPLES, '<a:a> <a:b> "' + "<<(" * MANY + '" .'),
        (RdfFormat.JSON_LD, '{"a:b": "' + '[\\"{' * MANY + '"}'),
        (RdfFormat.JSON_LD, "[" + "[], {}, " * MANY + "{}]"),
        (RdfFormat.RDF_XML, XML.format("", "<rdf:Description><e:p>1</e:p></rdf:Description>" * MANY)),
        (RdfFormat.RDF_XML, XML.format("<!-- " + "<a>" * MANY + " -->", "")),
    ],
)
def test_brackets_that_do_not_nest(syntax: RdfFormat, text: str) -> None:
    check_nesting(text.encode(), syntax)


def test_a_string_that_is_never_closed_is_left_to_the_parser() -> None:
    check_nesting(b"<a:a> <a:b> '" + b"[" * MANY, RdfFormat.TURTLE)
    check_nesting(b'"' + b"[" * MANY, RdfFormat.JSON_LD)


@pytest.mark.parametrize("text", ["<a", XML.format("", "<a></b>"), "", XML.format("<!DOCTYPE r>", "&none;")])
def test_what_is_no_xml_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="not well-formed"):
        check_nesting(text.encode(), RdfFormat.RDF_XML)
