"""Whatever the documentation shows is there and works: links, commands, requests, queries, JSON, output."""

import json
import re
import shlex
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner
from documentation import (
    BLOCK,
    LINK,
    PAGES,
    ROOT,
    all_blocks,
    anchors,
    blocks,
    rows,
    section,
    shell_lines,
)
from flask.testing import FlaskClient

from importers.base import Source
from importers.concepts.table_columns import MARK
from registry import pipeline
from registry.cli import main
from registry.documents import as_json
from registry.harmonisation.compare_cli import answers
from registry.services import Services

_HERE = "http://localhost:8000"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    plain = BLOCK.sub("", page.read_text(encoding="utf-8"))
    missing = []
    for target in LINK.findall(plain):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / unquote(path)).resolve() if path else page
        if not place.exists() or (anchor and anchor not in anchors(place)):
            missing.append(target)
    assert not missing


@pytest.mark.parametrize("body", all_blocks("json"))
def test_json_is_json(body):
    assert json.loads(body)


@pytest.mark.parametrize("query", all_blocks("sparql"))
def test_queries_answer_something_on_the_sample_register(query, demo_services):
    answer = json.loads(demo_services.query_host.run(query).read())
    assert answer["results"]["bindings"]


@pytest.mark.parametrize("line", shell_lines("samsvar"))
def test_commands_and_their_options_exist(line):
    words = shlex.split(line, comments=True)[1:]
    if words[0].startswith("-"):
        assert words[0] in ("-h", "--help", "--version")
        return
    command: click.Command = main
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    context = click.Context(command)
    options, _, _ = command.make_parser(context).parse_args(args=words)
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice) and options.get(parameter.name):
            given = options[parameter.name]
            for value in given if parameter.multiple else [given]:
                parameter.type.convert(value, parameter, context)


def test_commands_that_are_mentioned_exist_and_all_are():
    mentioned = {
        name for page in PAGES for name in re.findall(r"[`/\n]samsvar ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert mentioned == set(main.commands)


@pytest.mark.parametrize("line", shell_lines("curl"))
def test_requests_succeed_on_the_sample_register(line, demo_client):
    words = shlex.split(line)[1:]
    headers, data, address, parameters = {}, None, "", []
    waiting = iter(words)
    for word in waiting:
        if word == "-H":
            name, _, value = next(waiting).partition(": ")
            headers[name] = value
        elif word == "--data-urlencode":
            parameters.append(tuple(next(waiting).split("=", 1)))
        elif word == "--data-binary":
            data = next(waiting)
        elif word.startswith(_HERE):
            address = word.removeprefix(_HERE)
    answer = demo_client.open(
        address,
        method="POST" if data else "GET",
        headers=headers,
        data=data,
        query_string=parameters or None,
        follow_redirects="-L" in words,
    )
    assert answer.status_code == 200
    assert answer.mimetype == headers.get("Accept", answer.mimetype)


def test_readme_begins_with_the_two_commands():
    assert [body.strip() for body in blocks(ROOT / "README.md", "sh")][:2] == ["make demo", "make test"]


def test_the_report_is_the_one_that_is_made(services: Services):
    shown = section("docs/formats.md", "The report")
    found = dict(BLOCK.findall(shown))
    table, report = found["csv"], found["json"]
    outcome = pipeline.run(services, pipeline.Request([Source("ruter.csv", table.encode())], publisher="999000009"))
    assert json.loads("".join(as_json(outcome.as_json()))) == json.loads(report)


def test_the_findings_that_are_shown_are_found(demo_services, monkeypatch):
    shown = dict(
        BLOCK.findall(section("docs/harmonisation.md", "Harmonisation: how disagreement is found, and what it means"))
    )
    monkeypatch.setenv("SAMSVAR_DATA", str(demo_services.settings.data))
    printed = CliRunner().invoke(main, ["conflicts", "--severity", "critical"])
    assert shown["text"] in printed.output


def test_the_comparison_is_the_one_that_is_made():
    found = dict(BLOCK.findall(section("docs/harmonisation.md", "Comparing texts that are not in the register")))
    made = list(answers(found["jsonl"].splitlines()))
    assert made[0] == json.loads(found["json"])
    heads = [f"{each['id']}: {each['label']} ({each['relation']}, {each['severity']})" for each in made]
    assert [line for line in found["text"].splitlines() if not line.startswith(" ")] == heads


def _json(client: FlaskClient, address: str) -> dict:
    answer = client.get(address, headers={"Accept": "application/json"}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_json()


def test_the_finding_is_the_one_that_is_answered(demo_client):
    shown = json.loads(BLOCK.findall(section("docs/api.md", "A finding"))[0][1])
    real = _json(demo_client, f"/conflicts/{shown['id']}.json")
    assert {**real, "evidence": real["evidence"][:1]} == shown


def test_a_concept_has_the_members_that_are_described(demo_client):
    described = {
        name for row in rows(section("docs/api.md", "A concept"))[1:] for name in re.findall(r"`(\w+)`", row[0])
    }
    assert described == set(_json(demo_client, "/resource?uri=https%3A%2F%2Feksempel-skatt.example%2Fbegrep%2Fbarn"))


def test_hits_and_lists_have_the_members_that_are_described(demo_client):
    shown = json.loads(BLOCK.findall(section("docs/api.md", "Search"))[0][1])
    real = _json(demo_client, "/search.json?q=barn&kind=dataset")
    assert (set(shown), set(shown["hits"][0])) == (set(real), set(real["hits"][0]))
    for address, name in (("concepts", "concepts"), ("conflicts", "findings"), ("legislation", "legislation"), ("datasets", "datasets"),
                          ("information-models", "informationModels"), ("data-services", "dataServices")):  # fmt: skip
        assert {name, "total", "page", "pages", "size"} <= set(_json(demo_client, f"/{address}.json"))


def test_terms_of_the_ontology_that_are_mentioned_are_in_it():
    ontology = ROOT.joinpath("ontologies", "samsvar.ttl").read_text(encoding="utf-8")
    defined = set(re.findall(r"^samsvar:(\w+)", ontology, re.MULTILINE))
    mentioned = {name for page in PAGES for name in re.findall(r"samsvar:(\w+)", page.read_text(encoding="utf-8"))}
    assert mentioned - {MARK.removeprefix("samsvar:")} <= defined


def test_files_that_are_mentioned_exist():
    for page in PAGES:
        for path in re.findall(
            r"`((?:registry|importers|sparql|ontologies|tests|benchmarks)/[\w/.-]+)`", page.read_text(encoding="utf-8")
        ):
            assert ROOT.joinpath(path).exists() or path == "registry/static/build", f"{page.name}: {path}"
