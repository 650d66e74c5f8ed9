"""The order of an answer's column on the page that works without JavaScript."""

from registry.views.answer_order import sort_key

XSD = "http://www.w3.org/2001/XMLSchema#"


def number(value: str, kind: str = "integer") -> dict[str, str]:
    return {"type": "literal", "value": value, "datatype": XSD + kind}


def word(value: str) -> dict[str, str]:
    return {"type": "literal", "value": value}


def test_numbers_stand_by_value_before_words() -> None:
    column = [
        word("9"),
        number("10"),
        number("9.5", "decimal"),
        number("-1", "negativeInteger"),
        number("1e3", "double"),
    ]
    assert [term["value"] for term in sorted(column, key=sort_key)] == ["-1", "9.5", "10", "1e3", "9"]


def test_what_only_claims_to_be_a_number_is_a_word() -> None:
    column = [number("many"), number("NaN", "double"), number("INF", "double"), number("2")]
    assert [term["value"] for term in sorted(column, key=sort_key)] == ["2", "INF", "many", "NaN"]


def test_words_stand_in_norwegian_order() -> None:
    column = [word("Aasen"), word("zoo"), word("ærlig"), word("øre"), word("apotek")]
    assert [term["value"] for term in sorted(column, key=sort_key)] == ["apotek", "zoo", "ærlig", "øre", "Aasen"]
