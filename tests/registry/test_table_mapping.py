"""Saying on a page what the columns of a table hold: shown, corrected, previewed, downloaded, and sent along."""

import io
import re
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from own_tables import OWN, PUBLISHER, SAID, TABLE, labels, signed_in, upload, waiting
from pyoxigraph import Literal

from importers.table_mapping import mapping_from_toml
from ontologies.namespaces import DCT, SKOS
from registry.services import Services


@pytest.fixture
def token(services: Services) -> str:
    return services.tokens.create("editor", organisation=PUBLISHER)[1]


@pytest.fixture
def browser(app: Flask, token: str) -> FlaskClient:
    return signed_in(app, token)


def chosen(page: str) -> list[str]:
    selects = re.findall(r'<select[^>]*name="field-\d+".*?</select>', page, re.DOTALL)
    return [(re.findall(r'value="([^"]+)" selected', each) or ["-"])[0] for each in selects]


def test_the_columns_are_shown_with_rows_and_a_guess(browser: FlaskClient, services: Services) -> None:
    page = browser.get(f"{waiting(browser)}?lang=en", headers=OWN)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert chosen(page.text) == ["originalt_begrep", "anbefalt_term", "anbefalt_term", "definisjon", "-"]
    assert "<td>sted der et fartøy legger til</td>" in page.text
    assert "2 rows below the headers." in page.text
    assert services.store.reader().generation == 0


def test_what_is_said_leads_to_the_preview_and_in(browser: FlaskClient, services: Services) -> None:
    sent = browser.post(waiting(browser), data=SAID, headers=OWN)
    assert sent.status_code == 303
    preview = sent.headers["Location"]
    assert preview.startswith("/imports/previews/")
    assert "molo" in browser.get(preview, headers=OWN).text
    browser.post(preview, data={"choice": "all"}, headers=OWN)
    assert labels(services) == {"kai", "quay", "molo"}
    reader = services.store.reader()
    assert list(reader.quads(None, SKOS.altLabel, Literal("pir", language="nb"), None))
    assert list(reader.quads(None, DCT.title, Literal("Havneord"), None))


def test_the_mapping_is_downloaded_and_sent_along_the_next_time(
    browser: FlaskClient, client: FlaskClient, token: str
) -> None:
    answer = browser.post(f"{waiting(browser)}/mapping.toml", data=SAID, headers=OWN)
    assert (answer.status_code, answer.mimetype) == (200, "application/toml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mapping.toml"'
    mapping = mapping_from_toml(answer.text)
    assert (mapping.title, mapping.publisher, len(mapping.columns)) == ("Havneord", PUBLISHER, 5)
    assert mapping.columns[4].separator == ","
    again = upload(browser, mapping=(io.BytesIO(answer.data), "mapping.toml"))
    assert again.headers["Location"].startswith("/imports/previews/")
    form = {"file": (io.BytesIO(TABLE), "ord.csv"), "mapping": answer.text, "catalogue": f"{PUBLISHER}-ord"}
    stored = client.post("/api/v1/imports", data=form, headers={"Authorization": f"Bearer {token}"})
    assert stored.status_code == 200
    assert stored.get_json()["counts"]["stored"] == 2


def test_a_mapping_that_cannot_be_used_says_why(client: FlaskClient, token: str) -> None:
    for mapping, said in ((b'[columns]\n"Ord" = "anbefaltterm:nb:x"\n', "is not known"), (b"\xff", "not UTF-8")):
        form = {"file": (io.BytesIO(TABLE), "ord.csv"), "mapping": (io.BytesIO(mapping), "m.toml")}
        answer = client.post("/api/v1/imports", data=form, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.get_json()["type"]) == (400, "/problems/bad-request")
        assert said in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"field-1": "-", "field-2": "-"}, "field-0"),
        ({"field-1": "anbefalt_term", "language-2": "nb"}, "field-2"),
        ({"field-3": "id"}, "field-3"),
        ({"title": "x" * 501}, "title"),
        ({"prefix-0": "h\x07"}, "prefix-0"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(browser: FlaskClient, change: dict[str, str], field: str) -> None:
    address = waiting(browser)
    for place in (address, f"{address}/mapping.toml"):
        page = browser.post(place, data=SAID | change, headers=OWN)
        assert page.status_code == 422
        assert f'href="#{field}"' in page.text
        assert re.search(rf'aria-describedby="([^"]* )?{field}-error"', page.text)
        assert f'id="{field}-error"' in page.text
        assert 'value="https://havn.example/"' in page.text or "prefix-0" in change


def test_what_the_form_does_not_offer_is_not_taken(browser: FlaskClient) -> None:
    odd = {"field-4": "../x", "language-1": "'; DROP", "separator-4": "\\", "field-99": "id"}
    text = browser.post(f"{waiting(browser)}/mapping.toml", data=SAID | odd, headers=OWN).text
    assert {column.header: column.field for column in mapping_from_toml(text).columns}["Kalles også"] == "-"


def test_another_row_of_headers(browser: FlaskClient, services: Services) -> None:
    address = waiting(browser, "Liste;a\nkai;sted der skip legger til\nmolo;byggverk mot bølger\n".encode())
    page = browser.get(f"{address}?header=0", headers=OWN).text
    assert re.findall(r"<legend[^>]*>([^<]+)<", page) == ["A", "B"]
    said = {"header": "0", "field-0": "anbefalt_term", "field-1": "definisjon"}
    assert "header_row = 0" in browser.post(f"{address}/mapping.toml", data=said, headers=OWN).text
    preview = browser.post(address, data=said, headers=OWN).headers["Location"]
    browser.post(preview, data={"choice": "all"}, headers=OWN)
    assert labels(services) == {"Liste", "kai", "molo"}


def test_a_row_that_is_not_there_is_told(browser: FlaskClient) -> None:
    address = waiting(browser)
    page = browser.get(f"{address}?header=77", headers=OWN)
    assert (page.status_code, chosen(page.text)[1]) == (422, "anbefalt_term")
    assert "Ingen rad i tabellen navngir kolonner" in page.text
    assert browser.get(f"{address}?header=to", headers=OWN).status_code == 400


def test_a_table_in_an_archive(browser: FlaskClient, services: Services) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("lister/ord.csv", TABLE)
    address = waiting(browser, data.getvalue(), "alt.zip")
    assert re.findall(r"<legend[^>]*>([^<]+)<", browser.get(f"{address}?header=2", headers=OWN).text)[1] == "kai"
    preview = browser.post(address, data=SAID, headers=OWN).headers["Location"]
    browser.post(preview, data={"choice": "all"}, headers=OWN)
    assert labels(services) == {"kai", "quay", "molo"}


def test_names_in_a_table_are_shown_as_text(browser: FlaskClient) -> None:
    page = browser.get(waiting(browser, b"Ord;<script>a()</script>\n<b>kai</b>;x\n"), headers=OWN).text
    assert "&lt;script&gt;a()" in page
    assert "<b>kai" not in page


@pytest.mark.parametrize("content", [b"<p>ingen tabell</p>", b"\x00\x01\x02" * 99, b"Ord;Tekst\n", b""])
def test_what_is_no_table_is_refused_as_before(browser: FlaskClient, content: bytes) -> None:
    assert upload(browser, content, "ord.csv").status_code in {400, 422}


def test_it_is_not_for_others(browser: FlaskClient, app: Flask, services: Services) -> None:
    address = waiting(browser)
    stranger = signed_in(app, services.tokens.create("editor", organisation="999000010")[1])
    for client, status in ((stranger, 403), (app.test_client(), 401)):
        assert client.get(address, headers=OWN).status_code == status
        for place in (address, f"{address}/mapping.toml", f"{address}/discard"):
            assert client.post(place, data=SAID, headers=OWN).status_code == status
    for place in (address, f"{address}/mapping.toml", f"{address}/discard"):
        assert browser.post(place, data=SAID, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser.get("/imports/tables/../../state.db", headers=OWN).status_code == 404
    assert browser.get(f"/imports/tables/{'a' * 24}", headers=OWN).status_code == 404


def test_discarding(browser: FlaskClient) -> None:
    address = waiting(browser)
    assert browser.post(f"{address}/discard", headers=OWN).headers["Location"] == "/imports/new"
    assert browser.get(address, headers=OWN).status_code == 404


def test_an_administrator_names_the_publisher(app: Flask, services: Services) -> None:
    admin = signed_in(app, services.tokens.create("administrator")[1])
    address = waiting(admin)
    wrong = admin.post(address, data={**SAID, "publisher": "12"}, headers=OWN)
    assert 'href="#publisher"' in wrong.text
    text = admin.post(f"{address}/mapping.toml", data={**SAID, "publisher": "999 000 009"}, headers=OWN).text
    assert mapping_from_toml(text).publisher == PUBLISHER
