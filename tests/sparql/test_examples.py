import json

import pytest

from sparql.queries import examples

EXAMPLES = examples()


def test_there_are_ten_and_each_has_a_title_in_every_language():
    assert len(EXAMPLES) >= 10
    for each in EXAMPLES:
        assert set(each.title) == {"en", "nb", "nn"}
        assert all(each.title.values())
        assert not each.text.startswith("#")
    assert len({each.name for each in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_each_finds_something_in_the_sample_data(demo_services, example):
    answer = demo_services.query_host.run(example.text)
    rows = json.loads(answer.read())["results"]["bindings"]
    assert rows
    assert any(len(row) > 1 for row in rows)
