"""NAV's own CSV: the URIs that its Turtle has, links as relations, and everything else in its place."""

import os
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concept_table import ConceptTable
from importers.nav_table import NavTable
from ontologies.namespaces import DCT, EUVOC, ORGANISATION, RDF, RDFS, SKOS

SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
CATALOGUES = SHARED / "data" / "catalogues"
OPTIONS = ImportOptions("https://register.example")
HEADER = (
    "ID;Term;Begrepsforklaring;Definisjon;Språkversjoner;Beskrivelsestype;"
    "Alternative termer;Kilde;Frarådde termer;Eksempler"
)
BOAT = "BEGREP-7;Båt;;et [fartøy|BEGREP-12 ] som flyter;Bokmål;Faglig definisjon;Skute;Boka;Farkost;- jolle"


def read(*rows: str, header: str = HEADER, name: str = "nav.csv") -> Batch:
    source = Source(name, "\r\n".join((header, *rows, ";" * 9)).encode("windows-1252"))
    importer = importer_for(source)
    assert isinstance(importer, NavTable)
    return importer.read(source, OPTIONS)[0]


def objects(batch: Batch, subject: str, predicate: NamedNode) -> set[str]:
    return {t.object.value for t in batch.triples if t.subject.value == subject and t.predicate == predicate}


def uri(number: int) -> str:
    return f"https://nav.no/begrep/BEGREP-{number}"


def codes(batch: Batch) -> list[str]:
    return [issue.code for record in batch.report.records for issue in record.issues]


def test_every_column_has_its_place():
    batch = read(BOAT)
    note = NamedNode(*objects(batch, uri(7), EUVOC.xlDefinition))
    assert objects(batch, uri(7), SKOS.prefLabel) == {"Båt"}
    assert objects(batch, uri(7), SKOS.altLabel) == {"Skute"}
    assert objects(batch, uri(7), SKOS.hiddenLabel) == {"Farkost"}
    assert objects(batch, uri(7), SKOS.example) == {"- jolle"}
    assert objects(batch, note.value, RDF.value) == {"et fartøy som flyter"}
    assert objects(batch, note.value, DCT.source) == {"Boka"}
    assert objects(batch, note.value, DCT.type) == {"Faglig definisjon"}
    assert objects(batch, uri(7), DCT.publisher) == {ORGANISATION["889640782"].value}
    assert len(batch.report.records) == 1


@pytest.mark.parametrize(
    ("written", "words", "number"),
    [
        ("[skip|BEGREP-3]", "skip", 3),
        ("[skip| https://wiki.example/browse/BEGREP-3]", "skip", 3),
        ("[skip|BEGREP- 3]", "skip", 3),
        ("[skip|BEGREP-3|]", "skip", 3),
    ],
)
def test_a_link_becomes_words_and_a_relation(written: str, words: str, number: int):
    batch = read(f"BEGREP-1;Kai;der et {written} ligger;sted;Bokmål;;;;;")
    assert objects(batch, uri(1), SKOS.scopeNote) == {f"der et {words} ligger"}
    assert objects(batch, uri(1), RDFS.seeAlso) == {uri(number)}
    assert codes(batch) == ["wiki-link"]
    assert batch.report.records[0].repaired


def test_a_link_to_a_page_keeps_its_address_and_one_to_nothing_is_said():
    batch = read("BEGREP-1;Kai;[her|https://w.example/a] og [der|BGEREP-2], [...];sted [https://w.example/b].;;;;;;")
    assert objects(batch, uri(1), SKOS.scopeNote) == {"her (https://w.example/a) og der, [...]"}
    assert not objects(batch, uri(1), RDFS.seeAlso)
    assert codes(batch) == ["wiki-link", "wiki-link-lost"]
    note = NamedNode(*objects(batch, uri(1), EUVOC.xlDefinition))
    assert objects(batch, note.value, RDF.value) == {"sted https://w.example/b."}


def test_cells_of_several_lines_and_quotes_stay_whole():
    batch = read('BEGREP-1;Kai;"en ""fast""\nbrygge";sted;Nynorsk;;"Brygge \nBolverk";"(to\nlinjer)";"(en\nto)";')
    assert objects(batch, uri(1), SKOS.scopeNote) == {'en "fast"\nbrygge'}
    assert objects(batch, uri(1), SKOS.altLabel) == {"Brygge", "Bolverk"}
    assert objects(batch, uri(1), SKOS.hiddenLabel) == {"(en to)"}
    assert {t.object for t in batch.triples if t.predicate == SKOS.prefLabel} == {Literal("Kai", language="nn")}


def test_what_is_odd_is_said():
    batch = read(BOAT + ";mer;og mer", "BEGREP-7;Annen;;;Kvensk;;;;;", "X 1;Uten;;d;;;;;;", header=HEADER + ";Eier")
    assert [issue.code for issue in batch.report.issues] == ["unknown-column"]
    assert {"surplus-cells", "bad-language", "duplicate-id", "bad-identifier"} <= set(codes(batch))


def test_a_national_table_is_not_taken():
    source = Source("n.csv", b"id;anbefalt_term:nb;definisjon:nb\n1;a;b\n")
    assert not NavTable().recognises(source)
    assert isinstance(importer_for(source), ConceptTable)
    assert not NavTable().recognises(Source("e.csv", b""))


@pytest.mark.real_data
@pytest.mark.skipif(not CATALOGUES.is_dir(), reason="the real catalogues are not here; SAMSVAR_SHARED names them")
def test_the_real_table_says_what_the_turtle_of_the_same_month_says():
    path = CATALOGUES / "nav_begreper_2019-09-01.csv"
    source = Source(path.name, path.read_bytes())
    table = importer_for(source).read(source, OPTIONS)[0]
    path = CATALOGUES / "nav_begreper_2019-09.ttl"
    source = Source(path.name, path.read_bytes())
    turtle = importer_for(source).read(source, OPTIONS)[0]
    assert table.report.counts()["stored"] == 551
    labels = {
        name: {(t.subject, " ".join(t.object.value.split())) for t in batch.triples if t.predicate == SKOS.prefLabel}
        for name, batch in (("table", table), ("turtle", turtle))
    }
    assert labels["turtle"] <= labels["table"]
    texts = [{t.object.value for t in batch.triples if t.predicate == RDF.value} for batch in (turtle, table)]
    assert len({" ".join(text.split()) for text in texts[0]} - {" ".join(text.split()) for text in texts[1]}) <= 45
    links = {(t.subject, t.object) for t in table.triples if t.predicate == RDFS.seeAlso}
    assert len(links) > 600
    written = [t.object.value for t in table.triples if isinstance(t.object, Literal)]
    assert not [text for text in written if "|BEGREP" in text]


def test_a_table_of_headers_alone_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="headers, but no row"):
        read()


def test_what_is_said_of_a_definition_that_is_missing_is_kept_on_the_concept() -> None:
    batch = read("BEGREP-9;Åre;til å ro med;;Bokmål;Faglig definisjon;;Boka;;")
    assert objects(batch, uri(9), DCT.source) == {"Boka"}
    assert objects(batch, uri(9), DCT.type) == {"Faglig definisjon"}
    assert "source-without-definition" in codes(batch)
