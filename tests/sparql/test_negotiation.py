import pytest

from sparql.formats import RDF_FORMATS, RESULTS_BY_MEDIA_TYPE
from sparql.negotiation import best

RDF = [each.media_type for each in RDF_FORMATS]
DOCUMENT = ["text/html", *RDF]
CASES = [
    (None, DOCUMENT, "text/html"),
    ("", DOCUMENT, "text/html"),
    ("*/*", DOCUMENT, "text/html"),
    ("text/turtle", DOCUMENT, "text/turtle"),
    ("TEXT/Turtle", DOCUMENT, "text/turtle"),
    ("text/turtle;q=0.5, application/ld+json;q=0.9", DOCUMENT, "application/ld+json"),
    ("text/turtle, */*", DOCUMENT, "text/turtle"),
    ("text/turtle, */*;q=0.1", DOCUMENT, "text/turtle"),
    ("text/turtle;q=0, */*", RDF, "application/ld+json"),
    ("text/html;q=0, text/*", DOCUMENT, "text/turtle"),
    ("application/*", DOCUMENT, "application/ld+json"),
    ("application/*;q=0.8, application/n-triples", DOCUMENT, "application/n-triples"),
    ("image/png", DOCUMENT, None),
    ("*/*;q=0", DOCUMENT, None),
    ("application/xml", DOCUMENT, None),
    ("text/turtle;charset=utf-8", DOCUMENT, "text/turtle"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', DOCUMENT, "application/ld+json"),
    ('application/ld+json;profile="a,b;c";q=0.2, text/turtle;q=0.3', DOCUMENT, "text/turtle"),
    ('application/ld+json; profile="x"; q=0, application/ld+json', DOCUMENT, "application/ld+json"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", DOCUMENT, "text/html"),
    ("nonsense", DOCUMENT, None),
    ("nonsense, text/turtle", DOCUMENT, "text/turtle"),
    ("text/turtle;q=oops", DOCUMENT, "text/turtle"),
    ("application/json", list(RESULTS_BY_MEDIA_TYPE), "application/json"),
    ("text/csv;header=present", list(RESULTS_BY_MEDIA_TYPE), "text/csv"),
    ("text/turtle", [], None),
    ("*", DOCUMENT, "text/html"),
    ("*;q=0", DOCUMENT, None),
    ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", RDF, "text/turtle"),
    ("text/turtle;q=0, *", RDF, "application/ld+json"),
    ("text/turtle, *nonsense", RDF, "text/turtle"),
    ("*nonsense", RDF, None),
]


@pytest.mark.parametrize(("accept", "offers", "expected"), CASES)
def test_the_best_offer(accept, offers, expected):
    assert best(accept, offers) == expected


def test_a_differing_parameter_excludes():
    assert best("text/plain;version=1.1", ["text/plain;version=1.2"]) is None
    assert best("text/plain;version=1.2, text/plain;q=0.1", ["text/plain", "text/plain;version=1.2"]) == (
        "text/plain;version=1.2"
    )


def test_ten_thousand_ranges_are_no_burden():
    header = ",".join(f"a/b{n};q=0.{n % 10}" for n in range(10_000)) + ",text/turtle"
    assert best(header, DOCUMENT) == "text/turtle"


def test_a_header_of_quotes_ends():
    assert best('a/b;c="' * 5_000, DOCUMENT) is None


def test_spaces_around_parameters_are_read_once():
    """A header of which a part can be read in two ways, a thousand times over, would never be done."""
    assert best("a/b" + " ; a" * 1000 + '"', ["text/html"]) is None
    assert best("a/b" + " ; a" * 1000 + '", text/html', ["text/html"]) == "text/html"
