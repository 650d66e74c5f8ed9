"""Repaired files: read again they say the same and need no repair; what was not repaired stays byte for byte."""

import pytest
from pyoxigraph import RdfFormat, Triple, parse, serialize
from repair_examples import EXAMPLES, HEAD, SOLE, table, turtle

from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.child import repair_isolated
from importers.reading import read_source
from importers.repair import REPAIRS
from importers.repaired.repaired import Repaired, repaired

OPTIONS = ImportOptions("http://localhost:8000")
OTHER_FORMS = {
    "language-empty",
    "bad-identifier",
    "language-no",
    "broken-quotes",
    "wiki-link",
    "several-preferred-terms",
    "several-definitions",
    "subject-code",
    "merged-cells",
}
"""Repairs that only forms have of which no repaired one is made."""
RELATIVE = "http://relative.invalid/"
HEEL = 'x:hael   a skos:Concept ;  # hælen\n\tskos:prefLabel "hæl"@nb .\n'


def said(source: Source) -> set[Triple]:
    return {triple for batch in read_source(source, OPTIONS) for triple in batch.triples}


def mended(name: str, data: bytes) -> Repaired:
    """The repaired file, which says what the file said and needs none of its repairs."""
    made = repaired(Source(name, data), OPTIONS)
    assert said(Source(made.name, made.data)) == said(Source(name, data))
    assert made.left == ()
    return made


@pytest.mark.parametrize("code", sorted(REPAIRS.keys() - OTHER_FORMS))
def test_a_repaired_file_says_the_same_and_needs_no_repair(code: str) -> None:
    (name, data), _ = EXAMPLES[code]
    made = mended(name, data)
    assert code in made.codes
    assert f"# samsvar: {code}" in made.data.decode() or code in {"dialect-normalised", "source-is-code"}
    assert "# samsvar: " in made.data.decode()


@pytest.mark.parametrize("code", sorted(OTHER_FORMS))
def test_other_forms_are_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(UnreadableSourceError, match="no repaired one yet"):
        repaired(Source(*EXAMPLES[code][0]), OPTIONS)


@pytest.mark.parametrize("suffix", ["nt", "nq"])
@pytest.mark.parametrize(
    "code", ["dialect-normalised", "language-normalised", "type-added", "publisher-normalised", "terms-unpacked"]
)
def test_lines_are_repaired_one_by_one(code: str, suffix: str) -> None:
    quads = parse(EXAMPLES[code][0][1], RdfFormat.TURTLE, lenient=True, base_iri=RELATIVE)
    lines = serialize(quads, format=RdfFormat.N_QUADS)
    assert lines is not None
    graph = b" <https://sko.example/graf> .\n" if suffix == "nq" else b" .\n"
    made = mended(f"sko.{suffix}", lines.replace(b" .\n", graph))
    assert code in made.codes
    untouched = [line for line in made.data.splitlines() if not line.startswith(b"#")]
    assert any(b"prefLabel" in line and graph.strip() in line for line in untouched)


def test_what_needs_no_repair_stays_byte_for_byte() -> None:
    data = (HEAD + SOLE + ';\n  skos:altLabel \'sole\'@nb , """så\nle"""@nb .\n' + HEEL).encode()
    assert mended("sko.ttl", data).data == data
    flawed = data.replace(b"'sole'@nb", b"'sole'@no")
    made = mended("sko.ttl", flawed)
    assert made.codes == ("language-normalised",)
    assert HEEL in made.data.decode()
    assert made.data.startswith((HEAD + SOLE).encode())


def test_the_original_stands_beside_the_repair() -> None:
    made = mended(*turtle('skos:altLabel "sole"@no ; skos:scopeNote "til å gå på"@nb'))
    assert made.data.decode().endswith(
        """;
    # samsvar: language-normalised
    # samsvar: as it came: skos:altLabel "sole"@no
    skos:altLabel "sole"@nb; skos:scopeNote "til å gå på"@nb .
"""
    )


def test_what_cannot_be_read_is_kept_as_a_comment() -> None:
    data = (HEAD + SOLE + '; skos:altLabel %% "sole" ; skos:scopeNote "under"@nb .\n' + HEEL).encode()
    text = mended("sko.ttl", data).data.decode()
    assert '# samsvar: as it came: skos:altLabel %% "sole"' in text
    assert "# samsvar: statement-unreadable" in text
    assert HEEL in text
    lines = b'<https://a.example/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@nb .\n<a> oops\n'
    lines += b"<https://a.example/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .\n"
    assert "# samsvar: as it came: <a> oops" in mended("a.nt", lines).data.decode()


def test_the_older_dialects_become_the_newest_in_place() -> None:
    about = """skosno:definisjon [ a skosno:Definisjon ; rdfs:label "underside"@nb ; skosno:forholdTilKilde skosno:egendefinert ] ;
    skosno:datastrukturterm "sal"@nb"""
    text = mended(*turtle(about)).data.decode()
    assert "euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value" in text
    assert "skosno:dataStructureLabel" in text
    assert "# samsvar: as it came: skosno:definisjon [" in text


def test_a_subject_that_is_renamed_is_written_anew() -> None:
    text = mended("sko.ttl", (HEAD + '<hæl> a skos:Concept ; skos:prefLabel "hæl"@nb .\n').encode()).data.decode()
    assert "# samsvar: as it came: <hæl> a skos:Concept" in text
    assert "<http://localhost:8000/files/sko/" in text


def test_an_organisation_keeps_its_description_under_its_usual_iri() -> None:
    written = "<https://data.brreg.no/enhetsregisteret/api/enheter/999000009>"
    name, data = turtle(f"dct:publisher {written}")
    mended(name, data + f'{written} dct:title "Skoetaten"@nb .\n'.encode())


def test_repairing_again_changes_nothing() -> None:
    made = mended(*EXAMPLES["dialect-normalised"][0])
    assert repaired(Source(made.name, made.data), OPTIONS).data == made.data


def test_tables_say_that_they_have_none_yet() -> None:
    with pytest.raises(UnreadableSourceError, match="concept-table"):
        repaired(Source(*table("merknad:no", "under")), OPTIONS)


def test_a_child_does_it_as_well() -> None:
    name, data = EXAMPLES["edge-blanks"][0]
    assert repair_isolated(Source(name, data), OPTIONS) == repaired(Source(name, data), OPTIONS)
