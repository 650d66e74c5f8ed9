"""The query library: every query is told of in three languages and finds something in the sample register."""

import json

import pytest

from sparql.formats import RDF_BY_NAME
from sparql.language.parameters import bind
from sparql.queries import FOLDERS, VIEWS, example, examples

EXAMPLES = examples()
LANGUAGES = {"en", "nb", "nn"}


def test_there_are_thirty_and_each_is_told_of_in_every_language():
    assert len(EXAMPLES) >= 30
    for each in EXAMPLES:
        for told in (each.title, each.description):
            assert set(told) == LANGUAGES
            assert all(told.values())
            assert not any(said.startswith("#") for said in told.values())
        assert all(said.endswith(".") for said in each.description.values())
        assert each.view in VIEWS
        assert "# nb:" not in each.text
    assert len({each.name for each in EXAMPLES}) == len(EXAMPLES)


def test_every_folder_has_some():
    assert [each.folder for each in EXAMPLES] == sorted((each.folder for each in EXAMPLES), key=FOLDERS.index)
    assert {folder: sum(each.folder == folder for each in EXAMPLES) >= 5 for folder in FOLDERS} == dict.fromkeys(
        FOLDERS, True
    )


def test_a_query_is_found_by_its_name():
    assert example("publishers") in EXAMPLES
    assert example("there-is-none") is None


@pytest.mark.parametrize("each", EXAMPLES, ids=lambda each: each.name)
def test_each_finds_something_in_the_sample_data(demo_services, each):
    answer = bind(each.text, {})
    if "CONSTRUCT" in answer:
        triples = demo_services.query_host.run(answer, format=RDF_BY_NAME["nt"]).read()
        assert triples.count(b"\n") > 1
        assert each.view == "graph"
        return
    rows = json.loads(demo_services.query_host.run(answer).read())["results"]["bindings"]
    assert rows
    assert any(len(row) > 1 for row in rows)


@pytest.mark.parametrize(
    "each", [each for each in EXAMPLES if each.view in ("bar", "line")], ids=lambda each: each.name
)
def test_what_is_shown_as_a_chart_has_numbers(demo_services, each):
    rows = json.loads(demo_services.query_host.run(bind(each.text, {})).read())["results"]["bindings"]
    assert any(cell.get("datatype", "").endswith("#integer") for cell in rows[0].values())


@pytest.mark.parametrize("each", [each for each in EXAMPLES if each.parameters], ids=lambda each: each.name)
def test_every_parameter_has_a_default_and_a_label_in_every_language(each):
    for parameter in each.parameters:
        assert parameter.default
        assert len(parameter.labels) == 3
        assert parameter.label("nb")
        assert not parameter.choices or parameter.default in parameter.choices
