"""The search index: the ladder of reasons, generations, and what a crash leaves behind."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from live_server import ROOT

from registry.search.folding import fold
from registry.search.index import Entry, SearchIndex
from registry.search.query import Question, is_exact_term, search, suggest
from sparql.embedded.verify import verify_database
from sparql.errors import StoreDamagedError

GRAPH = "http://test/graph/catalogue/a"
TERMS = ("skatt", "skattekort", "eiendomsskatt", "skattepliktig inntekt", "beskatning", "husstand")


def concept(term: str, field: str = "preferred", uri: str = "") -> Entry:
    return Entry(uri or f"http://test/concepts/{term}", "concept", field, "nb", term)


def write(index: SearchIndex, texts: list[Entry], generation: int) -> int:
    with index.writing() as writer:
        return writer.replace_graph(GRAPH, texts, generation)


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    index = SearchIndex(tmp_path / "index.db")
    texts = [concept(term) for term in TERMS]
    texts.append(concept("toll", "admitted", "http://test/concepts/avgift"))
    texts.append(
        concept("pengeytelse som ilegges av staten i form av skatt", "definition", "http://test/concepts/avgift")
    )
    write(index, texts, 1)
    return index


def found(index: SearchIndex, text: str, generation: int = 1) -> list[tuple[str, str]]:
    page = search(index, Question(text, generation))
    return [(hit.uri.rpartition("/")[2], hit.reason) for hit in page.hits]


def test_hits_come_in_the_order_of_the_ladder(index: SearchIndex) -> None:
    assert found(index, "Skatt") == [
        ("skatt", "exact"),
        ("skattekort", "prefix"),
        ("skattepliktig inntekt", "prefix"),
        ("eiendomsskatt", "compound"),
        ("avgift", "definition"),
    ]


def test_an_admitted_term_is_a_reason_of_its_own(index: SearchIndex) -> None:
    assert found(index, "toll") == [("avgift", "other-label")]


def test_a_part_in_the_middle_of_a_word_is_found(index: SearchIndex) -> None:
    assert found(index, "katn") == [("beskatning", "contains")]


@pytest.mark.parametrize("text", ["", "  ", '"', "(", "AND", "a*", "%", "\x00", "ÆØÅ", "' OR 1=1 --", "x" * 5000])
def test_no_question_is_an_error(index: SearchIndex, text: str) -> None:
    assert isinstance(found(index, text), list)


def test_an_exact_term_is_recognised_whatever_its_case(index: SearchIndex) -> None:
    assert is_exact_term(index, "HUSSTAND", 1)
    assert is_exact_term(index, "toll", 1)
    assert not is_exact_term(index, "hus", 1)


def test_suggestions_are_terms_that_begin_so(index: SearchIndex) -> None:
    assert suggest(index, Question("skatt", 1)) == ("skatt", "skattekort", "skattepliktig inntekt")


def test_a_reader_sees_its_own_generation(index: SearchIndex) -> None:
    write(index, [concept("husholdning")], 2)
    assert found(index, "hus", 1) == [("husstand", "prefix")]
    assert found(index, "hus", 2) == [("husholdning", "prefix")]


def test_what_was_never_published_is_discarded(index: SearchIndex) -> None:
    write(index, [concept("husholdning")], 2)
    with index.writing() as writer:
        writer.discard_after(1)
    assert found(index, "hus", 2) == [("husstand", "prefix")]


def test_replacing_with_the_same_changes_nothing(index: SearchIndex) -> None:
    texts = [concept(term) for term in TERMS]
    write(index, texts, 2)
    assert write(index, texts, 3) == 0


def test_old_rows_are_swept(index: SearchIndex) -> None:
    write(index, [concept("husholdning")], 2)
    with index.writing() as writer:
        writer.sweep(2)
    assert found(index, "skatt", 1) == []
    assert found(index, "hus", 2) == [("husholdning", "prefix")]


def test_an_index_that_does_not_exist_is_empty(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "nowhere" / "index.db")
    assert found(index, "skatt") == []
    assert not index.path.exists()


def test_folding_keeps_norwegian_and_sami_letters() -> None:
    assert fold("  Idé og\tÅGÅRD – Čáhci ") == "ide og ågård – čahci"


def test_a_damaged_index_is_named_and_can_be_made_again(index: SearchIndex) -> None:
    index.remove()
    index.path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreDamagedError, match="samsvar reindex"):
        found(index, "skatt")
    index.remove()
    write(index, [concept("skatt")], 1)
    assert found(index, "skatt") == [("skatt", "exact")]


def test_the_index_of_a_thing_is_found_without_reading_its_whole_graph(index: SearchIndex) -> None:
    with index.connect() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM entry WHERE graph = ? AND uri = ? AND until IS NULL", (GRAPH, "")
        ).fetchall()
    assert any("entry_uri" in str(step) for step in plan)


def test_an_index_made_by_an_older_version_gets_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    write(SearchIndex(path), [concept("skatt")], 1)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP INDEX entry_uri")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    index = SearchIndex(path)
    write(index, [concept("skatt"), concept("toll")], 2)
    assert found(index, "skatt", 2) == [("skatt", "exact")]
    with index.connect() as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entry_uri'").fetchone()[0] == 1


OLD_TABLES = """
DROP TABLE parts; DROP INDEX entry_label; DROP INDEX entry_ended;
CREATE INDEX entry_folded ON entry (folded, field); CREATE INDEX entry_until ON entry (until);
CREATE VIRTUAL TABLE trigrams USING fts5 (
    folded, content = 'entry', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);
INSERT INTO trigrams (rowid, folded) SELECT id, folded FROM entry;
PRAGMA user_version = 2;
"""


def test_an_index_with_other_tables_is_moved_to_those_of_today(index: SearchIndex) -> None:
    ladder = found(index, "skatt")
    with sqlite3.connect(index.path) as connection:
        connection.executescript(OLD_TABLES)
    connection.close()
    other = SearchIndex(index.path)
    write(other, [concept("skatt"), concept("forskuddsskatt")], 2)
    assert found(other, "skatt") == ladder
    assert found(other, "skatt", 2) == [("skatt", "exact"), ("forskuddsskatt", "compound")]
    with other.writing() as writer:
        writer.sweep(2)
    assert found(other, "skatt", 2) == [("skatt", "exact"), ("forskuddsskatt", "compound")]
    with other.connect() as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not names & {"trigrams", "entry_folded", "entry_until"}


def test_a_definition_is_found_by_a_sign_that_is_no_word(index: SearchIndex) -> None:
    write(index, [concept("§ 3 i loven", "definition", "http://test/concepts/paragraf"), concept("§")], 2)
    assert found(index, "§", 2) == [("§", "exact"), ("paragraf", "definition")]


def test_an_index_that_was_made_anew_meanwhile_is_written_where_it_is_now(tmp_path: Path) -> None:
    index, other = SearchIndex(tmp_path / "index.db"), SearchIndex(tmp_path / "index.db")
    write(index, [concept("skatt")], 1)
    other.remove()
    write(other, [concept("toll")], 2)
    write(index, [concept("toll"), concept("avgift")], 3)
    assert found(other, "avgift", 3) == [("avgift", "exact")]


MANY = [concept(f"ord nummer {number}") for number in range(20_000)]
"""More than SQLite holds in memory before it writes to the disk in the middle of a session."""


def test_nobody_who_searches_waits_for_who_writes(index: SearchIndex) -> None:
    with index.writing() as writer:
        writer.replace_graph("other", MANY, 2)
        assert found(index, "hus") == [("husstand", "prefix")]
    assert len(found(index, "ord nummer 777", 2)) > 0


KILLED = """
import os, signal, sys
from pathlib import Path
from registry.search.index import Entry, SearchIndex
many = [Entry(f"http://e/{n}", "concept", "preferred", "nb", f"ord nummer {n}") for n in range(20_000)]
with SearchIndex(Path(sys.argv[1])).writing() as writer:
    writer.replace_graph("other", many, 2)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_that_is_killed_leaves_a_whole_index(index: SearchIndex) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(index.path)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert found(index, "hus") == [("husstand", "prefix")]
    verify_database(index.path)
    write(index, [concept("husholdning")], 2)
    assert found(index, "hus", 2) == [("husholdning", "prefix")]
