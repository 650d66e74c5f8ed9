"""Quality as CSV."""

from collections.abc import Iterable, Mapping

from registry.definition_rules.base import rule_texts
from registry.definition_rules.judging import RuleScore
from registry.quality.measuring import Row
from registry.quality.scoring import Score
from registry.tables import csv_text

THING = ("uri", "kind", "dimension", "indicator", "tested", "points", "of")
ORGANISATIONS = (
    *("organisation", "kind", "things", "share", "grade", "excellent", "good", "sufficient", "poor"),
    *("unacceptable", "acceptable", "publishable", "conformant"),
)


RULES = ("catalogue", "organisation", "definitions", "points", "of", "share", *rule_texts())


def rules_as_csv(catalogues: Mapping[str, RuleScore], organisations: Mapping[str, RuleScore]) -> str:
    """One line a catalogue (by its id), then one an organisation (by its IRI), and how many break each rule."""
    lines = [("catalogue", *pair) for pair in catalogues.items()]
    lines += [("organisation", *pair) for pair in organisations.items()]
    return csv_text(RULES, ({what: who, **_scored(score)} for what, who, score in lines))


def _scored(score: RuleScore) -> dict[str, str]:
    broken = {code: str(score.broken.get(code, 0)) for code in rule_texts()}
    figures = {"definitions": score.definitions, "points": score.points, "of": score.of}
    return {**{name: str(number) for name, number in figures.items()}, "share": f"{score.share:.4f}", **broken}


def thing_as_csv(score: Score) -> str:
    """One line an indicator."""
    return csv_text(
        THING,
        (
            {
                "uri": score.thing.value,
                "kind": score.kind.code,
                "dimension": each.indicator.dimension,
                "indicator": each.indicator.code,
                "tested": "yes" if each.share is not None else "no",
                "points": f"{each.points:g}",
                "of": str(each.indicator.points),
            }
            for each in score.results
        ),
    )


def organisations_as_csv(rows: Iterable[Row]) -> str:
    """One line an organisation and kind."""
    return csv_text(ORGANISATIONS, map(_line, rows))


def row_as_json(row: Row) -> dict[str, object]:
    """An organisation's figures of one kind, or those of a catalogue."""
    return {
        "organisation": row.organisation,
        "kind": row.kind,
        "things": row.things,
        "points": round(row.points, 1),
        "tested": row.tested,
        "share": round(row.share, 4),
        "grade": row.grade,
        "grades": row.grades,
        "levels": {level or "unacceptable": number for level, number in row.levels.items()},
        "indicators": {code: round(row.passing(code) or 0.0, 4) for code in row.indicators},
        "faults": [{"message": messages, "level": level, "number": number} for messages, level, number in row.faults],
    }


def _line(row: Row) -> dict[str, str]:
    grades = {grade: str(row.grades.get(grade, 0)) for grade in ("excellent", "good", "sufficient", "poor")}
    levels = {level: str(row.levels.get(level, 0)) for level in ("acceptable", "publishable", "conformant")}
    return {
        "organisation": row.organisation,
        "kind": row.kind,
        "things": str(row.things),
        "share": f"{row.share:.4f}",
        "grade": row.grade,
        **grades,
        "unacceptable": str(row.levels.get("", 0)),
        **levels,
    }
