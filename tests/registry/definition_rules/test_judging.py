"""What concepts score by the rules, and where that is shown."""

from flask.testing import FlaskClient
from pages_register import OLD_SHIP, QUAY, VESSEL

from registry.definition_rules.base import rule_texts
from registry.definition_rules.checking import check, check_all
from registry.definition_rules.judging import Judgement, of_concept
from registry.harmonisation.records import DefinitionRecord
from registry.services import Services

A = DefinitionRecord("kaileie", "avtale med en kaileier", concept="urn:a", catalogue="urn:c", publisher="urn:p")
B = DefinitionRecord("kaileier", "person som har en kaileie", concept="urn:b", catalogue="urn:c", publisher="urn:q")
FINE = DefinitionRecord("brygge", "kai av tre", concept="urn:d", catalogue="urn:c", publisher="urn:q")


def alone(record: DefinitionRecord) -> Judgement:
    return Judgement((record,), tuple(check(record)), together=False)


def test_a_definition_loses_the_points_of_each_rule_once() -> None:
    twice = DefinitionRecord("kai", "anlegg, f.eks. en molo eller f.eks. en brygge")
    score = alone(twice).score
    codes = {finding.rule.code for finding in alone(twice).findings}
    assert score.broken["exampleInside"] == 1
    assert score.of == 90
    assert score.points == 90 - sum(rule_texts()[code].points for code in codes)


def test_acts_are_scored_by_the_rules_that_hold_for_them() -> None:
    score = alone(DefinitionRecord("kai", "Et anlegg ved sjø.", statutory=True)).score
    assert (score.points, score.of, score.share) == (57, 57, 1.0)


def test_what_the_rules_cannot_read_scores_nothing() -> None:
    score = alone(DefinitionRecord("Kai", "Eine Anlage am Meer.", "de")).score
    assert (score.definitions, score.of) == (0, 0)


def test_organisations_are_ranked_by_their_own_definitions() -> None:
    records = (A, B, FINE)
    judged = Judgement(records, tuple(check_all(records)), together=True)
    best, worst = judged.by_publisher().items()
    assert (best[0], best[1].definitions) == ("urn:q", 2)
    assert (worst[0], worst[1].definitions, worst[1].of) == ("urn:p", 1, 100)
    assert judged.score.broken["outerCircle"] == 2
    assert judged.score.points == best[1].points + worst[1].points


def test_a_concepts_page_quotes_what_breaks_a_rule(pages: FlaskClient) -> None:
    shown = pages.get("/resource", query_string={"uri": QUAY, "lang": "nb"}, follow_redirects=True).text
    assert "Råd om definisjonen" in shown
    assert '<q lang="nb">&lt;script&gt;' in shown


def test_a_concept_says_what_it_scores_in_its_data(pages: FlaskClient, pages_services: Services) -> None:
    said = pages.get("/resource", query_string={"uri": VESSEL, "format": "json"}).json["definitionRules"]
    judged = of_concept(pages_services.store.reader(), VESSEL)
    assert said["score"]["definitions"] == len(judged.records) == 3
    assert said["score"]["points"] == 3 * 90 - sum(each["points"] for each in said["score"]["taken"].values())


def test_a_concept_without_a_definition_has_no_advice(pages: FlaskClient) -> None:
    shown = pages.get("/resource", query_string={"uri": OLD_SHIP, "lang": "nb"}, follow_redirects=True)
    assert shown.status_code == 200
    assert "Råd om definisjonen" not in shown.text
