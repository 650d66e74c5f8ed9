"""Documentation is held to the code: whatever the code has is described. See test_docs_examples.py for the way back."""

import re
from dataclasses import fields

import pytest
from documentation import (
    ROOT,
    row_of,
    rows,
    section,
    text,
)
from flask import Flask

from importers import IMPORTERS
from importers.concepts.table_columns import _LANGUAGE_FIELDS, _PLAIN_FIELDS, read_columns
from importers.issues import ISSUES
from ontologies.profiles import REQUIREMENTS, prefixed
from registry.definition_rules.base import rule_texts
from registry.errors import PROBLEMS
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.records import SEVERITIES
from registry.settings import Settings
from registry.views.addresses import ADDRESSES
from sparql.budget import Budget
from sparql.formats import RDF_FORMATS, RESULT_FORMATS

_FOUND = {"yes": True, "no": False}


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
            r'Issue\(\s*"([a-z-]+)"',
            "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("registry/**/*.py")),
        )
    )
    mentioned = set(re.findall(r"\(`([a-z]+(?:-[a-z]+)+)`", text("docs/formats.md")))
    assert described == set(ISSUES) | raised
    assert mentioned <= described


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
    said = row[1].strip("`")
    assert said == (f"{default:g}" if isinstance(default, float) else str(default or said))
    assert default or "`" not in row[1]


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
    place = ROOT / "sparql" / "examples"
    listed = {row[0].strip("`") for row in rows(section("docs/sparql.md", "The query library"))[1:]}
    assert listed == {path.relative_to(place).as_posix() for path in place.rglob("*.rq")}


def test_every_described_address_without_a_blank_answers(demo_client):
    for row in rows(section("docs/api.md", "Addresses"))[1:]:
        expected = 401 if row[2].startswith("with a token:") else 200
        for address in re.findall(r"`(/[^`{}]*)`", row[0]):
            assert demo_client.get(address).status_code == expected, address


def test_every_route_is_described(app: Flask):
    """A page that a newcomer adds asks for a line in docs/api.md, or in docs/compatibility.md."""
    described = " ".join(row[0] for row in rows(section("docs/api.md", "Addresses"))) + text("docs/compatibility.md")
    passed_over = {"/<path:path>", "/resource"}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<[^>]*>", "{", re.sub(r"\.(json|csv|ttl|jsonld|rdf|nt)$", "", rule.rule))
        if rule.rule not in passed_over and "GET" in (rule.methods or ()):
            assert path.split("{")[0] in described, rule.rule


def test_every_rule_for_definitions_is_described():
    described = {row[0].strip("`"): row for row in rows(section("docs/quality.md", "Rules for definitions"))[1:]}
    assert list(described) == list(rule_texts())
    for code, rule in rule_texts().items():
        assert described[code][1:3] == [str(rule.points), "yes" if rule.law else "no"]
        assert described[code][4] == rule.norm
