"""`samsvar import` as a person runs it: what is stored, what is said, and what bad input does."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

from importers.base import Source
from ontologies.namespaces import EUVOC, RDF, SKOS
from registry import pipeline
from registry.cli import main
from registry.search.query import is_exact_term
from registry.services import Services

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <https://eksempel.example/begrep/> .
"""
CATALOGUE = (
    PREFIXES
    + """
:samling a skos:Collection ; dct:title "Prøvekatalog"@nb ; skos:member :barn , :hund ;
  dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000009> .
:barn a skos:Concept ; skos:prefLabel "barn"@nb ; euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "person under 18 år"@nb ] .
:hund a skos:Concept ; skos:prefLabel "hund"@nb ; skos:definition "firbeint husdyr som bjeffer"@nb .
"""
)

TABLE = "anbefalt_term:nb;definisjon:nb\nkatt;husdyr som maler\n"


@pytest.fixture
def run(settings, monkeypatch):
    monkeypatch.setenv("SAMSVAR_DATA", str(settings.data))

    def _run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)

    return _run


@pytest.fixture
def write(tmp_path: Path):
    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


def concepts(services: Services) -> int:
    return len(list(services.store.reader().quads(predicate=RDF.type, object=SKOS.Concept)))


def test_a_catalogue_is_stored_and_reported(run, write, services: Services) -> None:
    result = run("import", write("a.ttl", CATALOGUE), "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["counts"]["stored"] == 2
    [report] = document["reports"]
    assert report["generation"] == services.store.reader().generation == 1
    assert {record["subject"] for record in report["records"]} >= {"https://eksempel.example/begrep/barn"}
    assert concepts(services) == 2


def test_importing_again_changes_nothing(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    before = services.store.reader().graphs()
    document = json.loads(run("import", write("a.ttl", CATALOGUE), "--json").stdout)
    assert document["counts"]["unchanged"] == 2
    assert document["counts"]["stored"] == 0
    assert services.store.reader().generation == 1
    assert services.store.reader().graphs() == before


def test_an_edited_definition_replaces_the_old_one(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    document = json.loads(run("import", write("a.ttl", CATALOGUE.replace("18", "16")), "--json").stdout)
    assert (document["counts"]["stored"], document["counts"]["unchanged"]) == (1, 1)
    texts = {quad.object.value for quad in services.store.reader().quads(predicate=RDF.value)}
    assert texts == {"person under 16 år", "firbeint husdyr som bjeffer"}


def test_every_concept_answers_a_newcomers_query(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    rows = services.store.reader().select(
        "SELECT ?c ?d WHERE { ?c <http://www.w3.org/2004/02/skos/core#definition> ?d }"
    )
    assert {row["d"].value for row in rows} == {"person under 18 år", "firbeint husdyr som bjeffer"}
    graphs = {q.graph_name for q in services.store.reader().quads(predicate=SKOS.definition)}
    assert graphs == {services.urls.derived}
    assert list(services.store.reader().quads(predicate=EUVOC.xlDefinition))


def test_numbers_that_the_store_rewrites_are_no_change(run, write, services: Services) -> None:
    text = CATALOGUE + ':hund dct:extent "0301"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    run("import", write("a.ttl", text))
    document = json.loads(run("import", write("a.ttl", text), "--json").stdout)
    assert document["counts"]["unchanged"] == 2
    assert services.store.reader().generation == 1


def test_the_search_index_can_be_made_again(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    services.index.path.unlink()
    assert not is_exact_term(services.index, "barn", 1)
    assert run("reindex").exit_code == 0
    assert is_exact_term(services.index, "barn", 1)


def test_a_dry_run_stores_nothing(run, write, services: Services) -> None:
    document = json.loads(run("import", write("a.ttl", CATALOGUE), "--dry-run", "--json").stdout)
    assert document["counts"]["stored"] == 2
    assert services.store.reader().generation == 0


def test_strict_refuses_what_would_be_mended_and_stores_what_is_in_order(run, write, services: Services) -> None:
    flawed = write("b.ttl", CATALOGUE.replace('"barn"@nb', '" barn"@no'))
    refused = run("import", flawed, "--strict")
    assert refused.exit_code == 2
    for said in ("b.ttl, line", "1 language-normalised", "1 edge-blanks", "nothing may be mended"):
        assert said in refused.output
    assert concepts(services) == 0
    document = json.loads(run("import", flawed, write("c.csv", TABLE), "--strict", "--json").stdout)
    assert [report["source"] for report in document["reports"]] == ["c.csv"]
    assert document["unreadable"][0]["where"]["file"] == "b.ttl"
    assert run("import", flawed).exit_code == 0


def test_a_table_of_ones_own_goes_in_through_a_mapping_that_was_guessed(run, write, services: Services) -> None:
    table = write(
        "liste.csv", "Begrep,Forklaring,Eier\nkai,sted der et fartøy legger til,Kari\nmolo,vern mot bølger,Ola\n"
    )
    refused = run("import", table)
    assert refused.exit_code == 2
    assert "--guess" in refused.output
    guess = run("import", table, "--guess")
    assert guess.exit_code == 0
    assert '"Begrep" = "anbefalt_term:nb"' in guess.stdout
    assert concepts(services) == 0
    assert run("import", table, "--mapping", write("kolonner.toml", guess.stdout)).exit_code == 0
    assert concepts(services) == 2
    bad = run("import", table, "--mapping", write("feil.toml", guess.stdout.replace("anbefalt", "anbefal")))
    assert bad.exit_code == 2
    assert "Do you mean" in bad.output
    assert run("import", write("tall.csv", "a;b\n1;2\n"), "--guess").exit_code == 2


def test_the_bytes_of_an_import_are_kept(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    rows = services.store.reader().select("SELECT ?b WHERE { ?i <https://w3id.org/samsvar/ontology#blob> ?b }")
    assert services.blobs.get(rows[0]["b"].value) == CATALOGUE.encode()


def test_a_file_that_cannot_be_parsed_changes_nothing_and_says_where(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    result = run("import", write("b.ttl", "dette er ikke RDF\n<<<\n"))
    assert result.exit_code == 2
    assert "b.ttl" in result.output
    assert services.store.reader().generation == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.ttl", b"", "empty"),
        ("blank.ttl", b" \n\n", "empty"),
        ("page.ttl", b"<!doctype html><html><head><title>404</title></head><body>Not found</body></html>", "HTML"),
        ("table.csv", b"barn;person under 18\nhund;dyr\n", "header"),
        ("noise.bin", bytes(range(256)) * 4, "noise.bin"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_a_sentence(run, write, services, name, content, said) -> None:
    result = run("import", write(name, content))
    assert result.exit_code == 2
    assert said.lower() in result.output.lower()
    assert "Traceback" not in result.output
    assert services.store.reader().generation == 0


def test_one_bad_file_does_not_keep_the_others_out(run, write, services: Services) -> None:
    result = run("import", write("a.ttl", CATALOGUE), write("empty.ttl", b""))
    assert result.exit_code == 1
    assert concepts(services) == 2


def test_incomplete_concepts_are_reported_and_nothing_is_lost(run, write, services: Services) -> None:
    text = (
        PREFIXES
        + """
:a a skos:Concept ; skos:prefLabel "uten definisjon"@nb .
:b a skos:Concept ; skos:definition "begrep uten term"@nb .
:c a skos:Concept ; skos:prefLabel "to"@nb ; skos:definition "den ene"@nb , "den andre"@nb .
"""
    )
    document = json.loads(run("import", write("c.ttl", text), "--json").stdout)
    codes = {issue["code"] for report in document["reports"] for r in report["records"] for issue in r["issues"]}
    assert {"concept-without-definition", "concept-without-term", "two-definitions-one-language"} <= codes
    texts = {quad.object.value for quad in services.store.reader().quads(predicate=RDF.value)}
    assert {"den ene", "den andre", "begrep uten term"} <= texts


def test_spaces_in_iris_and_empty_languages_are_mended_with_a_report(run, write, services: Services) -> None:
    text = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
 <skos:Concept rdf:about="https://eksempel.example/begrep/et hus">
  <skos:prefLabel xml:lang="">hus</skos:prefLabel><skos:definition xml:lang="nb">bygning som noen bor i</skos:definition>
 </skos:Concept></rdf:RDF>"""
    document = json.loads(run("import", write("d.rdf", text), "--json").stdout)
    assert document["counts"]["repaired"] == 1
    labels = [quad.object.value for quad in services.store.reader().quads(predicate=SKOS.prefLabel)]
    assert labels == ["hus"]
    assert list(services.store.reader().quads(subject=NamedNode("https://eksempel.example/begrep/et%20hus")))


def test_a_deep_json_ld_ends_only_its_own_process(run, write, services: Services) -> None:
    deep = b'{"http://e/p":' * 10_000 + b"1" + b"}" * 10_000
    result = run("import", write("deep.jsonld", deep))
    assert result.exit_code == 2
    assert "deep.jsonld" in result.output
    assert services.store.reader().generation == 0


def test_a_zip_bomb_is_refused_before_it_is_unpacked(run, tmp_path: Path, services: Services, monkeypatch) -> None:
    monkeypatch.setenv("SAMSVAR_MAX_SOURCE", "5")
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ttl", b"# " + b"0" * 50_000_000)
    began = time.monotonic()
    result = run("import", bomb)
    assert result.exit_code == 2
    assert "bomb.zip" in result.output
    assert time.monotonic() - began < 15
    assert services.store.reader().generation == 0


def test_an_archive_is_opened(run, tmp_path: Path, services: Services) -> None:
    archive = tmp_path / "katalog.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("mappe/a.ttl", CATALOGUE)
    assert run("import", archive).exit_code == 0
    assert concepts(services) == 2


def test_a_catalogues_description_alone_does_not_empty_it(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    description = PREFIXES + ':samling a skos:Collection ; dct:title "Ny tittel"@nb .'
    result = run("import", write("katalog.ttl", description), "--json")
    assert result.exit_code == 2
    assert concepts(services) == 2
    assert json.loads(result.stdout)["counts"]["skipped"] == 1


KILLED = """
import os, signal, sys
from registry import storing
from registry.cli import main
original = storing.provenance.record
def die(*arguments):
    original(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
storing.provenance.record = die
main(["import", sys.argv[1]])
"""


def test_kill_9_in_the_middle_leaves_the_old_generation(run, write, services: Services, settings) -> None:
    run("import", write("a.ttl", CATALOGUE))
    changed = write("a.ttl", CATALOGUE.replace("18", "12"))
    environment = os.environ | {"SAMSVAR_DATA": str(settings.data), "PYTHONPATH": str(Path(__file__).parents[2])}
    child = subprocess.run([sys.executable, "-c", KILLED, str(changed)], env=environment, check=False)
    assert child.returncode == -signal.SIGKILL
    assert services.store.reader().generation == 1
    texts = {quad.object.value for quad in services.store.reader().quads(predicate=RDF.value)}
    assert "person under 18 år" in texts
    assert run("import", changed).exit_code == 0
    texts = {quad.object.value for quad in services.store.reader().quads(predicate=RDF.value)}
    assert "person under 12 år" in texts
    assert "person under 18 år" not in texts


def test_two_imports_at_once_both_arrive(services: Services) -> None:
    def imported(number: int) -> None:
        text = CATALOGUE.replace("eksempel.example", f"eksempel{number}.example")
        source = Source(f"{number}.ttl", text.encode())
        outcomes.append(pipeline.run(services, pipeline.Request([source], catalogue=f"k{number}")))

    outcomes: list[pipeline.Outcome] = []
    threads = [threading.Thread(target=imported, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome.exit_code for outcome in outcomes] == [0, 0, 0]
    assert concepts(services) == 6
    assert services.store.reader().generation == 3


def test_a_catalogue_can_be_removed_with_what_was_derived_from_it(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE), "--catalogue", "en")
    other = CATALOGUE.replace("eksempel.example", "annen.example").replace("18", "12")
    run("import", write("b.ttl", other), "--catalogue", "to")
    assert json.loads(run("conflicts", "--json").stdout)["total"] > 0
    assert run("remove", "to").exit_code == 0
    assert concepts(services) == 2
    assert json.loads(run("conflicts", "--json").stdout)["total"] == 0
    texts = {quad.object.value for quad in services.store.reader().quads(predicate=SKOS.definition)}
    assert texts == {"person under 18 år", "firbeint husdyr som bjeffer"}
    assert run("remove", "to").exit_code == 3


def test_comparing_everything_anew_gives_the_same(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE), "--catalogue", "en")
    run(
        "import",
        write("b.ttl", CATALOGUE.replace("eksempel.example", "b.example").replace("18", "12")),
        "--catalogue",
        "to",
    )
    before = run("conflicts", "--json").stdout
    assert run("recheck").exit_code == 0
    assert run("conflicts", "--json").stdout == before


def test_a_concept_that_is_a_blank_node_is_stored_and_found_unchanged(run, write, services: Services) -> None:
    text = PREFIXES + '[] a skos:Concept ; skos:prefLabel "navnløs"@nb ; skos:definition "begrep uten URI"@nb .'
    assert run("import", write("a.ttl", text), "--catalogue", "k").exit_code == 0
    assert concepts(services) == 1
    assert run("import", write("a.ttl", text), "--catalogue", "k").exit_code == 0
    assert services.store.reader().generation == 1
    assert run("import", write("a.ttl", text.replace("uten", "med")), "--catalogue", "k").exit_code == 0
    assert concepts(services) == 1


def test_a_missing_file_does_not_keep_the_others_out(run, write, services: Services, tmp_path: Path) -> None:
    result = run("import", tmp_path / "nowhere.ttl", write("a.ttl", CATALOGUE), "--json")
    assert result.exit_code == 1
    [error] = json.loads(result.stdout)["unreadable"]
    assert "no such file" in error["message"]
    assert concepts(services) == 2
    assert run("import", tmp_path / "nowhere.ttl", "--json").exit_code == 2


def test_an_address_that_does_not_answer_is_said(run) -> None:
    result = run("import", "http://127.0.0.1:9/katalog.ttl", "--json")
    assert result.exit_code == 2
    assert "No answer" in json.loads(result.stdout)["unreadable"][0]["message"]


def test_hidden_files_of_a_folder_are_passed_over(run, tmp_path: Path, services: Services) -> None:
    folder = tmp_path / "mappe"
    (folder / ".git").mkdir(parents=True)
    (folder / "a.ttl").write_text(CATALOGUE)
    (folder / ".skjult.ttl").write_text("ikke RDF")
    (folder / ".git" / "config").write_text("ikke RDF")
    assert run("import", folder).exit_code == 0
    assert concepts(services) == 2


def test_an_organisation_number_has_nine_digits(run, write) -> None:
    path = write("a.ttl", CATALOGUE)
    assert run("import", path, "--publisher", "123").exit_code == 2
    assert run("import", path, "--publisher", "999 000 009", "--dry-run").exit_code == 0


def test_a_file_that_was_cut_off_changes_nothing(run, write, services: Services) -> None:
    run("import", write("a.ttl", CATALOGUE))
    result = run("import", write("a.ttl", CATALOGUE[: len(CATALOGUE) * 2 // 3]))
    assert result.exit_code == 2
    assert "line" in result.output
    assert concepts(services) == 2


def test_what_could_not_be_read_of_a_stored_catalogue_is_exit_code_1(run, write, services: Services) -> None:
    broken = (
        CATALOGUE + ":katt a skos:Concept ; skos:prefLabel 'katt ; .\n:mus a skos:Concept ; skos:prefLabel 'mus'@nb .\n"
    )
    assert run("import", write("a.ttl", broken)).exit_code == 1
    assert concepts(services) >= 2
