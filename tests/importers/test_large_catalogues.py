"""A large catalogue read record by record is what it is when read as a whole: triples, report, lines, refusals."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from repair_examples import EXAMPLES, HEAD

from benchmarks.generated_catalogue import turtle as generated
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.child import read_isolated
from importers.child_reports import report_json
from importers.large import catalogue, source
from importers.large.source import read_large_source
from importers.large.whole import ReadWholeError
from importers.reading import read_source

OPTIONS = ImportOptions("http://localhost:8000")
NOTE = "euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "
COLLECTION = """x:samling a skos:Collection ; dct:title "Sko"@nb ; dct:identifier "samling" ;
  dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000009> ; skos:member x:hael , x:sal , x:borte .
"""
GOOD = f"""x:hael a skos:Concept ; skos:prefLabel "hæl"@nb , "hæl"@nn ; dct:identifier "https://sko.example/begrep/hael" ;
  dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000009> ; dct:modified "2026-01-31"^^xsd:date ;
  {NOTE} "bakre del av \\"sko\\""@nb ; dct:source [ rdfs:label "Skoboka"@nb ; rdfs:seeAlso <https://sko.example/bok> ] ] .
x:tunge a skos:Concept ; skos:prefLabel "tunge"@nb ; skos:related x:sal ; dct:identifier "17" ;
  {NOTE} "del under lissene"@nb ] , [ a euvoc:XlNote ; rdf:value "tongue"@en ] .
"""
LAST = """x:lisse a skos:Concept ; skos:prefLabel "lisse"@nb , "lisse"@nb ; skos:altLabel "a, b og c"@nb ; dct:subject "sko" ;
  dct:publisher <http://data.brreg.no/enhetsregisteret/api/enheter/999000009> .
"""


def catalogue_with(flawed: str, head: str = HEAD) -> bytes:
    """Records in order around one that may not be."""
    return f"{head}{COLLECTION}{GOOD}{flawed}{LAST}".encode()


TURTLE_EXAMPLES = {
    code: data.decode().removeprefix(HEAD)
    for code, ((name, data), _) in EXAMPLES.items()
    if name == "sko.ttl" and data.startswith(HEAD.encode()) and code not in {"encoding-assumed", "encoding-mixed"}
}
ODD = {
    "nothing odd": "",
    "one publisher, several names": "x:sal a skos:Concept ; dct:publisher <https://a.example/org/999000009> .\n",
    "a publisher described": '<https://data.brreg.no/enhetsregisteret/api/enheter/999000009> rdfs:label "Skomakeren"@nb .\n',
    "a publisher without a number": "x:sal a skos:Concept ; dct:publisher x:noen .\n",
    "what is pointed at is mended": 'x:tunge rdfs:seeAlso x:bok . x:bok rdfs:label " boka"@nb .\n',
    "a resource that comes again": 'x:hael skos:altLabel "hel"@nb .\n',
    "a node that two share": "_:note a euvoc:XlNote . x:sal euvoc:xlDefinition _:note . x:kant euvoc:xlDefinition _:note .\n",
    "a node that nothing points at": '[] a skos:Concept ; skos:prefLabel "navnløs"@nb .\n',
    "nodes in a circle": "x:sal a skos:Concept ; rdfs:seeAlso _:a . _:a rdfs:seeAlso _:b . _:b rdfs:seeAlso _:a .\n",
    "a list": 'x:sal a skos:Concept ; euvoc:xlDefinition [ rdf:value "under"@nb ; dct:source ( "a" "b" ) ] .\n',
    "a definition with an IRI": 'x:sal a skos:Concept ; euvoc:xlDefinition x:d . x:d rdf:value "under"@nb , "nede"@nb .\n',
    "a period with an IRI": 'x:sal a skos:Concept ; dct:temporal x:t . x:t dcat:startDate "2026-01-01"^^xsd:date .\n',
    "a relation of version 1": "x:sal a skos:Concept ; skosno:assosiativRelasjon x:tunge .\n",
    "a named graph": 'x:g { x:sal a skos:Concept ; skos:prefLabel "såle"@nb . }\n',
    "a collection of its own spelling": "<https://lovdata.no/samling/§1> a skos:Collection .\n",
    "a dataset": 'x:sett a dcat:Dataset ; dct:title "Sett"@nb .\n',
    "a scheme": 'x:skjema a skos:ConceptScheme ; dct:title "Skjema"@nb .\n',
    "another collection": 'x:andre a skos:Collection ; dct:title "Andre"@nb ; skos:member x:tunge .\n',
    "dates": 'x:sal a skos:Concept ; dct:modified "2026-02-30"^^xsd:date ; dct:created "1.2.2026"^^xsd:date .\n',
    "codes": "x:sal a skos:Concept ; euvoc:xlDefinition [ a euvoc:XlNote ; skosno:relationshipWithSource skosno:noe ] .\n",
    "a number": 'x:sal a skos:Concept ; x:nummer "007"^^xsd:integer , 7 .\n',
    "a qualifier": 'x:sal a skos:Concept ; skos:prefLabel "såle (sko)"@nb .\n',
    "an act": "x:sal a skos:Concept ; dct:source <https://lovdata.no/lov/2005-05-20-28/§1> .\n",
    "direct definitions": 'x:sal a skos:Concept ; skos:definition "under"@nb , "beneath"@en .\n',
    "a text with a link": 'x:sal a skos:Concept ; skos:scopeNote "se [hælen|https://sko.example/browse/SKO-3]"@nb .\n',
    "an IRI with a blank": 'x:sal a skos:Concept ; rdfs:seeAlso <https://sko.example/a b> . <https://b c> x:p "q" .\n',
    "an IRI with an end in it": 'x:sal a skos:Concept . <https://sko.example/begrep/hael\\u003E \\u003Cb> x:p "q" .\n',
    "signs that are right": 'x:sal a skos:Concept ; skos:scopeNote "a < b & c_d | Ærlig, \\\\n {1}"@nb .\n',
    "a byte order mark": '\ufeffx:sal a skos:Concept ; skos:prefLabel "såle"@nb .\n',
    "a broken statement": 'x:sal a skos:Concept ; skos:prefLabel "såle"@nb skos:altLabel "sole"@nb .\n',
}


def whole(data: bytes, name: str, options: ImportOptions) -> list[Batch] | str:
    try:
        return read_source(Source(name, data), options)
    except UnreadableSourceError as error:
        return str(error)


def piecewise(data: bytes, name: str, options: ImportOptions) -> tuple[Batch, set[str]] | str | None:
    output = io.BytesIO()
    try:
        batch = read_large_source(Source(name, data), options, None, output)
    except UnreadableSourceError as error:
        return str(error)
    lines = output.getvalue().decode().split("\n")
    assert lines.pop() == ""
    return None if batch is None else (batch, set(lines))


def assert_alike(data: bytes, name: str = "sko.ttl", options: ImportOptions = OPTIONS) -> bool:
    """Whether it was read record by record at all; if so, with the same result."""
    found, expected = piecewise(data, name, options), whole(data, name, options)
    if found is None or isinstance(found, str):
        assert found in {None, expected} if isinstance(expected, str) else found is None
        return found is not None
    assert isinstance(expected, list)
    (other,) = expected
    batch, lines = found
    assert lines == {f"{triple} ." for triple in other.triples}
    assert report_json(batch.report) == report_json(other.report)
    assert replace(batch, report=other.report) == replace(other, triples=())
    return True


@pytest.fixture(autouse=True)
def every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files are read like large ones."""
    monkeypatch.setattr(source, "LEAST", 0)


@pytest.mark.parametrize("flawed", TURTLE_EXAMPLES.values(), ids=TURTLE_EXAMPLES)
@pytest.mark.parametrize("strict", [False, True])
def test_every_repair_is_made_beside_records_in_order(flawed: str, strict: bool) -> None:
    assert_alike(catalogue_with(flawed), options=replace(OPTIONS, strict=strict))


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_whatever_one_record_says_the_others_are_read_alike(odd: str) -> None:
    assert_alike(catalogue_with(odd))


@pytest.mark.parametrize("odd", ["nothing odd", "direct definitions", "a qualifier", "dates", "codes"])
def test_one_flaw_does_not_make_the_file_one_to_be_read_whole(odd: str) -> None:
    assert assert_alike(catalogue_with(ODD[odd]))


@pytest.mark.parametrize(
    "option", [{"publisher": "999000009"}, {"catalogue": "mine"}, {"uri_base": "https://b.example"}]
)
def test_what_the_caller_decides_is_heeded(option: dict[str, str]) -> None:
    options = replace(OPTIONS, **option)  # type: ignore[arg-type]  # one of its text fields
    assert assert_alike(
        catalogue_with(LAST.replace("x:lisse", "x:annen").split("dct:publisher")[0] + "."), options=options
    )


def rewritten(form: ox.RdfFormat) -> Callable[[bytes], bytes]:
    def write(data: bytes) -> bytes:
        quads = list(ox.parse(data, ox.RdfFormat.TRIG))
        if form == ox.RdfFormat.N_QUADS:
            named = [ox.Quad(*quad.triple, ox.NamedNode("https://g.example/1")) for quad in quads]
            return ox.serialize(named, format=form) or b""
        return ox.serialize([quad.triple for quad in quads], format=form) or b""

    return write


def sorted_lines(data: bytes) -> bytes:
    """As a sorted dump has them: blank nodes far from what they hang from, and described after it."""
    return b"\n".join(sorted(rewritten(ox.RdfFormat.N_TRIPLES)(data).splitlines(), reverse=False)) + b"\n"


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (rewritten(ox.RdfFormat.N_TRIPLES), "sko.nt"),
        (rewritten(ox.RdfFormat.N_QUADS), "sko.nq"),
        (rewritten(ox.RdfFormat.TRIG), "sko.trig"),
        (sorted_lines, "sko.nt"),
    ],
)
def test_it_is_the_same_in_every_syntax(write: Callable[[bytes], bytes], name: str) -> None:
    assert assert_alike(write(catalogue_with(ODD["direct definitions"])), name)


def test_a_large_file_is_read_so_in_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LEAST", 2**20)
    data = generated(2500).encode()
    assert len(data) > source.LEAST
    (batch,) = read_isolated(Source("katalog.ttl", data), OPTIONS)
    (other,) = read_source(Source("katalog.ttl", data), OPTIONS)
    assert set(batch.triples) == set(other.triples)
    assert batch.report == other.report
    assert assert_alike(data, "katalog.ttl")


def test_a_file_of_records_that_all_need_mending_is_read_whole_before_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_TRIED", 20)
    flawed = "".join(f'x:s{number} a skos:Concept ; skos:prefLabel " såle {number}"@nb .\n' for number in range(50))
    file = tmp_path / "sko.ttl"
    file.write_bytes(catalogue_with(flawed))
    with pytest.raises(ReadWholeError):
        catalogue.read_large(file, "sko.ttl", OPTIONS, io.BytesIO())
    assert not assert_alike(file.read_bytes())
