"""Why a source cannot be read, in Norwegian: every sentence that importers say has one, and answers have one language."""

import ast
import csv
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import importers
import registry
from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.reading import read_source
from registry.refusal_words import detail_in, refusal_in, sentence_in
from registry.services import Services

TABLE = Path(registry.__file__).parent / "translations" / "refusals.tsv"
ROOT = Path(importers.__file__).parent


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def written(node: ast.expr) -> str | None:
    """The sentence that stands in a call, its blanks as x; None where it is put together elsewhere."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)
    return None


def sentences() -> set[str]:
    """What importers say where they refuse a source, as far as it stands in the call."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UnreadableSourceError":
                found |= {text for each in (node.args[0], node.args[-1]) if (text := written(each))}
    return found


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_refusal_has_a_sentence(language: str) -> None:
    said = sentences()
    assert len(said) > 40
    assert {each for each in said if sentence_in(each, language) is None} == set()


def test_blanks_are_as_many_in_every_language() -> None:
    for row in rows():
        assert row["en"].count("{}") == row["nb"].count("{}") == row["nn"].count("{}"), row["en"]


def test_a_sentence_within_a_sentence_is_said_too() -> None:
    english = "None of the 2 files can be read. The first: The file is empty."
    assert sentence_in(english, "nb") == "Ingen av de 2 filene kan leses. Den første: Filen er tom."
    assert refusal_in("The file is empty.", "Do something unheard of.", "nn").language == "en"


def test_the_place_is_said_too() -> None:
    with pytest.raises(UnreadableSourceError) as refused:
        read_source(Source("a.json", b'[{"anbefaltTerm": '), ImportOptions("http://localhost:8000"))
    assert (detail_in(refused.value, "nb") or "").startswith("a.json, linje 1, kolonne ")


def test_answers_say_it_in_one_language(client: FlaskClient, services: Services) -> None:
    token = services.tokens.create("editor", organisation="999000009")[1]
    bearer = {"Authorization": f"Bearer {token}"}
    english = client.post("/api/v1/imports?name=a.csv", data=b"<html><body>", headers=bearer)
    assert (english.status_code, english.headers["Content-Language"]) == (422, "en")
    assert english.get_json()["title"] == "The source cannot be read"
    norwegian = client.post(
        "/api/v1/imports?name=a.csv", data=b"<html><body>", headers=bearer | {"Accept-Language": "nn"}
    )
    told = norwegian.get_json()
    assert (told["title"], norwegian.headers["Content-Language"]) == ("Kjelda kan ikkje lesast", "nn")
    assert "Fila er ei nettside (HTML), ikkje RDF." in told["detail"]
    assert told["fix"].startswith("Hent sjølve dataa")
