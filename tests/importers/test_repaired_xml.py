"""Repaired RDF/XML: read again it says the same and needs no repair; a comment before each repair, all else as it came."""

import pytest
from pyoxigraph import RdfFormat, parse, serialize
from repair_examples import EXAMPLES, OF_TURTLE_ALONE

from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.reading import read_source
from importers.repair import REPAIRS
from importers.repaired.repaired import Repaired, repaired

OPTIONS = ImportOptions("http://localhost:8000")
DOCUMENT = "http://relative.invalid/document/"
NO_XML = OF_TURTLE_ALONE | {"control-character"}
"""No XML can hold it."""
CODES = sorted(code for code in REPAIRS.keys() - NO_XML if EXAMPLES[code][0][0].endswith(".ttl"))
HEAD = """<?xml version="1.0" encoding="{}"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
         xmlns:euvoc="http://publications.europa.eu/ontology/euvoc#">
"""
SOLE = """  <skos:Concept rdf:about='https://sko.example/sal'>
    <skos:prefLabel xml:lang="nb">såle</skos:prefLabel>
    {}
  </skos:Concept>
"""
HEEL = """  <skos:Concept   rdf:about="https://sko.example/hael" ><!-- hælen -->
\t<skos:prefLabel xml:lang="nb">hæl</skos:prefLabel></skos:Concept>
"""
END = "</rdf:RDF>\n"


def mended(data: str | bytes, name: str = "sko.rdf") -> tuple[Repaired, str]:
    source = Source(name, data.encode() if isinstance(data, str) else data)
    made = repaired(source, OPTIONS)
    said, again = (
        {triple for batch in read_source(one, OPTIONS) for triple in batch.triples}
        for one in (source, Source(made.name, made.data))
    )
    assert again == said
    assert made.left == ()
    return made, made.data.decode()


def document(about: str, more: str = HEEL, encoding: str = "UTF-8") -> str:
    return HEAD.format(encoding) + SOLE.format(about) + more + END


@pytest.mark.parametrize("code", CODES)
def test_every_repair_as_rdf_xml(code: str) -> None:
    quads = parse(EXAMPLES[code][0][1], RdfFormat.TURTLE, lenient=True, base_iri=DOCUMENT)
    data = serialize((quad.triple for quad in quads), format=RdfFormat.RDF_XML)
    assert data is not None
    made, text = mended(data)
    assert code in made.codes
    assert code in text or code == "dialect-normalised"


def test_a_comment_stands_before_the_repair_and_all_else_stays() -> None:
    came = '<skos:altLabel xml:lang="no">sole</skos:altLabel>'
    kept = "<skos:scopeNote xml:lang='nb'>til &#229; g&#xE5; på</skos:scopeNote>"
    _, text = mended(document(f"{came}\n    {kept}"))
    marked = f"<!-- samsvar: language-normalised; as it came: {came} -->"
    assert text == document(f'{marked}\n    <skos:altLabel xml:lang="nb">sole</skos:altLabel>\n    {kept}')


def test_an_empty_language_is_left_out() -> None:
    made, _ = mended(EXAMPLES["language-empty"][0][1])
    assert "language-empty" in made.codes


def test_hyphens_of_the_original_do_not_end_the_comment() -> None:
    _, text = mended(document('<skos:altLabel xml:lang="no">a--b</skos:altLabel>'))
    assert 'as it came: <skos:altLabel xml:lang="no">a- -b</skos:altLabel>' in text


def test_the_encoding_that_the_file_declares_becomes_that_which_it_has() -> None:
    data = document('<skos:altLabel xml:lang="no">såle</skos:altLabel>', encoding="ISO-8859-1").encode("latin-1")
    _, text = mended(data)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>')


def test_a_start_tag_that_is_wrong_is_written_anew() -> None:
    wrong = '<skos:Concept rdf:about="hæl fot"><skos:prefLabel xml:lang="nb">hæl</skos:prefLabel></skos:Concept>\n'
    _, text = mended(document("", wrong))
    assert 'as it came: <skos:Concept rdf:about="hæl fot"> -->' in text
    assert '<rdf:Description rdf:about="http://localhost:8000/files/sko/' in text


def test_an_organisation_is_described_under_its_usual_iri() -> None:
    written = "https://register.example/skoetaten"
    about = (
        f'<foaf:Agent xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dct="http://purl.org/dc/terms/" rdf:about="{written}">'
        "<dct:identifier>999000009</dct:identifier><foaf:name>Skoetaten</foaf:name></foaf:Agent>"
    )
    publisher = f'<dct:publisher xmlns:dct="http://purl.org/dc/terms/" rdf:resource="{written}"/>'
    made, text = mended(document(publisher, about))
    assert "publisher-normalised" in made.codes
    assert "<foaf:name>Skoetaten</foaf:name>" in text
    assert text.count(f'rdf:about="{written}"') == 1


def test_a_thing_within_a_property_is_not_lost() -> None:
    inner = HEEL.replace("</skos:Concept>", '<skos:altLabel xml:lang="no">hel</skos:altLabel></skos:Concept>')
    _, text = mended(document(f"<skos:related>{inner}</skos:related>", ""))
    assert '<rdf:Description rdf:about="https://sko.example/hael">' in text


def test_named_blank_nodes_go_with_the_property_that_points_at_them() -> None:
    note = '<rdf:Description rdf:nodeID="n1"><rdf:value xml:lang="nb"> under foten </rdf:value></rdf:Description>'
    _, text = mended(document('<euvoc:xlDefinition rdf:nodeID="n1"/>', note))
    assert f"<!-- samsvar: as it came: {note} -->" in text


def test_a_root_without_a_prefix_for_its_namespace() -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    skos = "http://www.w3.org/2004/02/skos/core#"
    euvoc = "http://publications.europa.eu/ontology/euvoc#"
    node = f'<Description xmlns:r="{rdf}" xmlns:e="{euvoc}" xmlns:s="{skos}" r:about="https://sko.example/sal">'
    about = '<s:prefLabel xml:lang="no">såle</s:prefLabel><e:xlDefinition r:parseType="Resource">'
    about += '<r:value xml:lang="nb">under</r:value></e:xlDefinition>'
    made, text = mended(f'<RDF xmlns="{rdf}">{node}{about}</Description></RDF>')
    assert "type-added" in made.codes
    assert f'<rdf:type xmlns:rdf="{rdf}" rdf:resource="{skos}Concept"/>' in text


def test_broken_xml_is_refused_with_its_place() -> None:
    broken = document('<skos:altLabel xml:lang="no">sole & hel</skos:altLabel>')
    with pytest.raises(UnreadableSourceError, match="XML is broken") as refused:
        repaired(Source("sko.rdf", broken.encode()), OPTIONS)
    assert refused.value.where is not None
    assert refused.value.where.line == 6


def test_repairing_again_changes_nothing() -> None:
    made, _ = mended(document('<skos:altLabel xml:lang="no">sole</skos:altLabel>'))
    assert mended(made.data)[0].data == made.data
