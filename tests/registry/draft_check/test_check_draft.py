"""What the check says of a draft, on a small register."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from flask.testing import FlaskClient
from quay_register import ACT, AMENDING, DRAFT, fill
from register_support import settings_at

from importers.base import Source
from importers.law.drafts.reading import read_draft
from registry import pipeline
from registry.app import create_app
from registry.draft_check.answer import CheckedDefinition, DraftAnswer
from registry.draft_check.checking import check_draft
from registry.editing.drafts import COMMON
from registry.services import Services, build_services

_COMMON = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://felles.example/gjest> a skos:Concept ; skos:prefLabel "gjest"@nb ;
    skos:definition "person som har leid plass ved en kai"@nb .
<https://felles.example/havnevakt> a skos:Concept ; skos:prefLabel "havnevakt"@nb ;
    skos:definition "person som ser til en kai"@nb .
"""


@pytest.fixture(scope="module")
def quays(tmp_path_factory: pytest.TempPathFactory) -> Services:
    services = build_services(settings_at(tmp_path_factory.mktemp("quays") / "data"))
    fill(services)
    return services


@pytest.fixture(scope="module")
def quay_client(quays: Services) -> FlaskClient:
    return create_app(quays.settings).test_client()


def checked(services: Services, text: str, enabling: str = "") -> DraftAnswer:
    draft = read_draft(Source("draft.txt", text.encode()))
    return check_draft(services.store.reader(), services.urls, draft, enabling)


def definition(answer: DraftAnswer, term: str) -> CheckedDefinition:
    [found] = [each for each in answer.definitions if each.record.term == term]
    return found


def test_a_definition_that_departs_from_the_enabling_act_is_told_with_evidence(quays: Services) -> None:
    answer = checked(quays, DRAFT)
    assert answer.enabling == {ACT: "Kailoven"}
    quay = definition(answer, "kai")
    [departure] = quay.departures
    assert (departure.record.said_by, departure.section) == ("Kailoven", "§ 2.")
    kinds = {item.kind for item in departure.finding.comparison.evidence}
    assert kinds >= {"HierarchyDivergence", "ThresholdDifference"}


def test_a_definition_that_others_make_alike_is_told_and_departs_from_nothing(quays: Services) -> None:
    guest = definition(checked(quays, DRAFT), "gjest")
    [other] = guest.others
    assert (other.record.said_by, other.finding.comparison.relation) == ("Forskrift om gjestekaier", "editorialVariant")
    assert not guest.departures


def test_an_act_named_by_the_drafter_is_an_enabling_act(quays: Services) -> None:
    without = DRAFT.replace("Hjemmel: Fastsatt med hjemmel i lov 4. mars 2097 nr. 5 om kaier § 1.\n", "")
    assert not definition(checked(quays, without), "kai").departures
    assert definition(checked(quays, without, "kailoven"), "kai").departures


def test_uses_are_found_in_other_forms_and_in_compounds(quays: Services) -> None:
    answer = checked(quays, DRAFT)
    quay, guest = definition(answer, "kai").used, definition(answer, "gjest").used
    assert quay is not None
    assert (quay.count, "kaiene" in quay.forms, "kaiplassen" in quay.compounds) == (1, True, True)
    assert guest is not None
    assert (guest.count, "gjestebåter" in guest.compounds) == (1, True)


def test_a_term_that_is_never_used_is_told_and_rules_that_its_definition_breaks(quays: Services) -> None:
    small = definition(checked(quays, DRAFT), "småkai")
    assert small.is_unused
    assert {finding.rule.code for finding in small.rules} == {"genusMissing", "exampleInside"}
    assert not definition(checked(quays, DRAFT), "kai").is_unused


def test_a_term_of_the_enabling_act_is_told_where_the_draft_uses_it(quays: Services) -> None:
    [term] = [each for each in checked(quays, DRAFT).terms if each.ground == "enabling"]
    assert (term.term, term.definitions[0].text) == ("kaiplassen", "plass ved kai")


def test_references_that_lead_nowhere_are_told_with_their_section(quays: Services) -> None:
    found = [(one.section, one.evidence.kind) for one in checked(quays, DRAFT).citations]
    assert found == [("§ 2", "StaleSource"), ("§ 2", "UnresolvedReference")]


def test_a_regulation_that_may_be_given_is_no_reference(quays: Services) -> None:
    draft = "§ 1 Forskrift\nDepartementet kan gi forskrift om unntak for gamle kaier."
    assert not checked(quays, draft).citations


def test_words_that_leave_a_judgement_are_listed(quays: Services) -> None:
    assert [(one.words, one.sections) for one in checked(quays, DRAFT).discretion] == [("i rimelig tid", ("§ 2",))]


def test_an_amending_draft_is_applied_to_the_act_that_is_held(quays: Services) -> None:
    answer = checked(quays, AMENDING)
    second, ninth, fourth = answer.amended
    assert "minst 5 meter" in second.before
    assert "minst 5 meter" not in second.after
    assert "kaiplass: plass ved kai" in second.after
    [changed] = second.definitions
    assert (changed.change, changed.term, changed.after) == ("changed", "kai", "anlegg der fartøy legger til")
    assert changed.concept
    assert ninth.doubt == "there is no such section"
    assert [(each.change, each.term) for each in fourth.definitions] == [("added", "gjest")]
    assert definition(answer, "gjest").others[0].record.said_by == "Forskrift om gjestekaier"


@pytest.mark.parametrize(
    "words",
    [
        "a) kai: anlegg der fartøy på minst 5 meter legger  til.",
        "a) Kai : anlegg der fartøy på minst 5 meter legger til",
    ],
)
def test_what_the_act_says_already_in_another_spacing_is_no_news(quays: Services, words: str) -> None:
    draft = f"I lov 4. mars 2097 nr. 5 om kaier gjøres følgende endringer:\n\n§ 2 første ledd bokstav a skal lyde:\n\n{words}"
    answer = checked(quays, draft)
    [section] = answer.amended
    assert (section.before, section.doubt, section.definitions) == (section.after, "", ())
    assert not answer.definitions


def test_a_regulation_that_the_draft_repeals_is_no_doubtful_reference(quays: Services) -> None:
    draft = "§ 1 Overgang\nGjester følger lov 4. mars 2097 nr. 5 om kaier § 3.\n\n§ 2 Slutt\nNå {verb} lov 4. mars 2097 nr. 5."
    assert [one.section for one in checked(quays, draft.format(verb="gjelder")).citations] == ["§ 1"]
    assert not checked(quays, draft.format(verb="oppheves")).citations


def test_a_harmonised_definition_is_proposed_where_the_draft_defines_or_uses_the_term(tmp_path: Path) -> None:
    services = build_services(settings_at(tmp_path / "data"))
    fill(services)
    pipeline.run(services, pipeline.Request([Source("felles.ttl", _COMMON.encode())], COMMON))
    answer = checked(services, f"{DRAFT}\nHavnevakten viser gjester til rette.\n")
    [proposed] = definition(answer, "gjest").suggested
    assert proposed.text == "person som har leid plass ved en kai"
    [used] = [each for each in answer.terms if each.ground == "harmonised"]
    assert (used.term, used.definitions[0].text) == ("havnevakten", "person som ser til en kai")
    same = DRAFT.replace("person som overnatter ombord", "person som har leid plass ved en kai")
    assert not definition(checked(services, same), "gjest").suggested


def test_an_everyday_word_is_told_only_where_an_act_of_the_same_field_defines_it(tmp_path: Path) -> None:
    services = build_services(settings_at(tmp_path / "data"))
    fill(services)
    for number, what in enumerate(("fisk", "frukt", "blomster", "tre")):
        act = (
            f'---\ntittel: "Lov om {what}"\nrefid: "lov/2095-01-0{number + 1}-{number + 1}"\n---\n# Lov\n#### § 1.\n\n'
        )
        text = f"{act}Med torgbod menes i denne loven bod der {what} selges.\n"
        pipeline.run(services, pipeline.Request([Source(f"{number}.md", text.encode())]))
    body = "\n\n§ 1 Torg\nEn torgbod står på torget. Torgboder ryddes. Ingen torgbod selges.\n"
    assert not checked(services, f"Forskrift om parkering{body}").terms
    [term] = checked(services, f"Forskrift om salg av frukt{body}").terms
    assert (term.ground, term.definitions[0].text) == ("competing", "bod der frukt selges.")


def test_what_cannot_be_applied_is_kept_with_why(quays: Services) -> None:
    [lost] = checked(quays, "I lov 1. januar 2001 nr. 1 om ingenting gjøres følgende endringer:\n§ 1 oppheves.").amended
    assert (lost.act, lost.doubt) == ("", "the act is not held")


def test_an_act_that_is_held_is_not_told_of_itself(quays: Services) -> None:
    text = (
        "---\ntittel: Lov om kaier\nrefid: lov/2097-03-04-5\n---\n# Lov\n#### § 2. Definisjoner\n\n"
        "I denne loven menes med:\n\na) kaiplass: plass ved kai\n"
    )
    assert not definition(checked(quays, text), "kaiplass").others


@pytest.mark.parametrize(
    ("asked", "mimetype"),
    [
        ("csv", "text/csv"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_answers_come_as_table_and_as_word(quay_client: FlaskClient, asked: str, mimetype: str) -> None:
    answer = quay_client.post(f"/api/v1/draft-check?format={asked}", json={"text": DRAFT})
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    if asked == "csv":
        assert "definition,§ 1,kai,anlegg der fartøy på minst 8 meter legger til" in answer.text
    else:
        said = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.data)).paragraphs)
        assert "Avviker fra hjemmelsloven." in said


def test_the_page_answers_and_nothing_of_the_draft_is_kept(quay_client: FlaskClient, quays: Services) -> None:
    def held() -> set[tuple[Path, int]]:
        return {(path, path.stat().st_size) for path in Path(quays.settings.data).rglob("*") if path.is_file()}

    before = held()
    page = quay_client.post("/draft-check?lang=en", data={"text": DRAFT})
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "Departs from the enabling act" in page.text
    assert "Kailoven § 2." in page.text
    assert held() == before


def test_a_file_is_read_whatever_form_it_has(quay_client: FlaskClient) -> None:
    document = Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    content = BytesIO()
    document.save(content)
    content.seek(0)
    answer = quay_client.post("/api/v1/draft-check", data={"file": (content, "utkast.docx")})
    assert answer.json is not None
    assert [each["term"] for each in answer.json["definitions"]] == ["kai", "gjest", "småkai"]


def test_what_is_no_draft_is_refused_with_how_to_mend_it(quay_client: FlaskClient) -> None:
    answer = quay_client.post("/api/v1/draft-check", json={"text": "bare prat"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert "A section begins with its number" in str(answer.json)
    page = quay_client.post("/draft-check?lang=nb", data={"text": "bare prat"})
    assert "En paragraf begynner med nummeret sitt" in page.text
    empty = quay_client.post("/draft-check?lang=nb", data={"text": " "})
    assert "Lim inn teksten til utkastet" in empty.text


@pytest.mark.parametrize("sent", [None, [], {"text": 3}, {"text": "§ 1 A", "enabling": 3}, {"text": "  "}])
def test_what_is_no_request_is_refused(quay_client: FlaskClient, sent: object) -> None:
    assert quay_client.post("/api/v1/draft-check", json=sent).status_code == 400
