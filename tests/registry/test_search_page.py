"""The search page on the sample register: where words lead, and why each hit is there."""

import pytest


@pytest.mark.parametrize("words", ["barn", "BARN", "barnet", "virksomheter", "verksemd"])
def test_a_term_in_any_form_leads_to_its_own_page(demo_client, words: str) -> None:
    answer = demo_client.get("/search", query_string={"q": words}, headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/terms/")
    page = demo_client.get(answer.headers["Location"], headers={"Accept": "text/html"})
    assert page.status_code == 200


def test_a_part_of_a_word_gives_a_list_with_reasons(demo_client) -> None:
    answer = demo_client.get("/search?q=skatt&lang=nb", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "Begynner med ordene" in text
    assert "skattekort" in text


def test_hits_can_be_had_as_json(demo_client) -> None:
    document = demo_client.get("/search.json?q=barn").get_json()
    first = document["hits"][0]
    assert (first["text"], first["reason"]) == ("barn", "exact")
    assert document["total"] >= 6


def test_suggestions_are_those_of_opensearch(demo_client) -> None:
    words, terms = demo_client.get("/search/suggestions?q=arbeids").get_json()
    assert words == "arbeids"
    assert "arbeidstaker" in terms


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%00", "?q=" + "x" * 600, "?q=a&page=0", "?q=a&page=x", "?q=%22%28%2A"]
)
def test_odd_questions_are_answered(demo_client, query: str) -> None:
    answer = demo_client.get(f"/search{query}", headers={"Accept": "text/html"})
    assert answer.status_code in {200, 400}
