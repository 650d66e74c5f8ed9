"""Documentation is held by the code: what the code has is described, and what is described is there and works."""

import json
import re
import shlex
from dataclasses import fields
from urllib.parse import unquote

import click
import pytest
from documentation import (
    BLOCK,
    LINK,
    PAGES,
    ROOT,
    all_blocks,
    anchors,
    blocks,
    row_of,
    rows,
    section,
    shell_lines,
    text,
)
from flask import Flask
from flask.testing import FlaskClient

from importers import IMPORTERS
from importers.base import Source
from importers.issues import ISSUES
from importers.table_columns import _LANGUAGE_FIELDS, _PLAIN_FIELDS, read_columns
from ontologies.profiles import REQUIREMENTS, prefixed
from registry import pipeline
from registry.cli import main
from registry.errors import PROBLEMS
from registry.harmonisation.compare_cli import answers
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.records import SEVERITIES
from registry.services import Services
from registry.settings import Settings
from registry.views.addresses import ADDRESSES
from sparql.budget import Budget
from sparql.formats import RDF_FORMATS, RESULT_FORMATS

_HERE = "http://localhost:8000"
_FOUND = {"yes": True, "no": False}


# what the code has is described


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_every_importer_has_a_heading(importer):
    assert section("docs/formats.md", importer.name).strip()


@pytest.mark.parametrize("code", sorted(ISSUES))
def test_every_issue_is_described_with_its_severity(code):
    said = row_of(text("docs/formats.md"), code)[1]
    assert said == ISSUES[code].severity + (" (repaired)" if ISSUES[code].repairs else "")


def test_no_issue_is_described_that_nobody_raises():
    described = {
        row[0].strip("`")
        for row in rows(text("docs/formats.md"))
        if row[1].split(" ")[0] in ("error", "warning", "information")
    }
    raised = set(
        re.findall(
            r'Issue\(\s*"([a-z-]+)"', "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("registry/*.py"))
        )
    )
    assert described == set(ISSUES) | raised


def test_every_column_of_the_concept_table_is_described_and_read():
    headers = [
        cell.strip("`")
        for row in rows(section("docs/formats.md", "concept-table"))
        for cell in row[:2]
        if cell.startswith("`")
    ]
    columns = read_columns(tuple(headers))
    assert not [column.header for column in columns if not column.field]
    assert {column.field for column in columns} == {*_LANGUAGE_FIELDS.values(), *_PLAIN_FIELDS.values()}


def test_every_requirement_of_the_profiles_is_described():
    checked = {row[0]: row for row in rows(section("docs/formats.md", "What is checked"))}
    for each in REQUIREMENTS:
        _, profile, must, once = checked[f"`{prefixed(each.kind)}`"]
        assert profile == each.clause.partition(",")[0]
        assert f"`{each.name}`" in (must if each.least else once)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_of_evidence_has_a_heading_with_norm_and_severity(code):
    said = " ".join(section("docs/harmonisation.md", code).split())
    assert KINDS[code].norm in said
    assert f"By itself: {KINDS[code].severity}." in said


@pytest.mark.parametrize("code", sorted(KINDS))
def test_examples_of_evidence_are_those_that_the_code_is_held_to(code):
    shown = {
        (row[0], row[1], row[2], _FOUND[row[3]])
        for row in rows(section("docs/harmonisation.md", code))
        if row[3] in _FOUND
    }
    held = {(each.term, each.a, each.b, each.trips) for each in KINDS[code].examples}
    assert {row[3] for row in shown} == {True, False}, "show one that is found and one that is not"
    assert shown <= held


def test_severities_are_described_worst_first():
    assert [row[0] for row in rows(section("docs/harmonisation.md", "Severity"))][1:] == list(SEVERITIES)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_described_with_its_default(name):
    default = Settings.model_fields[name].default
    row = row_of(section("docs/operations.md", "Settings"), f"SAMSVAR_{name.upper()}")
    said = {(): "none", "": "the same"}.get(
        default, f"`{default:g}`" if isinstance(default, float | int) else f"`{default}`"
    )
    assert row[1] == said


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.path)
def test_every_address_is_described(address):
    assert any(f"`{address.path}`" in row[0] for row in rows(section("docs/api.md", "Addresses")))


@pytest.mark.parametrize("problem", [problem for _, problem in PROBLEMS], ids=lambda problem: problem.slug)
def test_every_problem_is_described(problem):
    row = row_of(section("docs/api.md", "Errors"), problem.slug)
    assert (row[1], row[2], row[4]) == (str(problem.status), problem.title, str(problem.retry_after or ""))


def test_every_format_is_described():
    for each in (*RDF_FORMATS, *RESULT_FORMATS):
        assert f"`{each.media_type}`" in section("docs/sparql.md", "Answers")
        assert f"`{each.suffix}`" in section("docs/sparql.md", "Answers")
    for each in RDF_FORMATS:
        assert [f"`.{each.suffix}`", f"`{each.media_type}`"] in rows(section("docs/api.md", "Things and documents"))


@pytest.mark.parametrize("limit", [field.name for field in fields(Budget)])
def test_every_limit_of_queries_is_described_with_its_value(limit):
    value = getattr(Budget(), limit)
    said = next(row[1] for row in rows(section("docs/sparql.md", "Limits")) if row[3] == f"`{limit}`")
    number = int(re.match(r"[\d,]+|", said)[0].replace(",", "") or 0)
    factor = {"KiB": 1 << 10, "MiB": 1 << 20}.get(said.rpartition(" ")[2], 1)
    assert number * factor == value


def test_every_example_query_is_listed():
    listed = {row[0].strip("`") for row in rows(section("docs/sparql.md", "The ten examples"))[1:]}
    assert listed == {path.name for path in ROOT.glob("sparql/examples/*.rq")}


# what is described is there, and works


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
    command = main.commands[words[0]]
    context = click.Context(command)
    options, _, _ = command.make_parser(context).parse_args(args=words[1:])
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice) and options.get(parameter.name):
            parameter.type.convert(options[parameter.name], parameter, context)


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
    assert outcome.as_json() == json.loads(report)


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


def test_a_finding_has_the_members_that_are_shown(demo_client):
    shown = json.loads(BLOCK.findall(section("docs/api.md", "A finding"))[0][1])
    real = _json(demo_client, f"/conflicts?term={shown['term']}&severity={shown['severity']}")["findings"][0]
    assert set(shown) == set(real)
    assert set(shown["a"]) == set(real["a"])
    assert set(shown["evidence"][0]) == set(real["evidence"][0])


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


def test_every_described_address_without_a_blank_answers(demo_client):
    for row in rows(section("docs/api.md", "Addresses"))[1:]:
        for address in re.findall(r"`(/[^`{}]*)`", row[0]):
            assert demo_client.get(address).status_code == 200, address


def test_every_route_is_described(app: Flask):
    """A page that a newcomer adds asks for a line in docs/api.md."""
    described = " ".join(row[0] for row in rows(section("docs/api.md", "Addresses")))
    passed_over = {"/<path:path>", "/resource"}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<[^>]*>", "{", rule.rule.removesuffix(".json"))
        if rule.rule not in passed_over and "GET" in (rule.methods or ()):
            assert path.split("{")[0] in described, rule.rule
