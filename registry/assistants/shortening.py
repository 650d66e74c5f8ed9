"""What a model needs of an answer: who says what, and what differs; not every member that a program might want."""

from typing import Any


def definitions(page: dict[str, Any], language: str) -> dict[str, Any]:
    """A word's definitions, law first, and the gravest differences."""
    return {
        "term": page["term"],
        "definitions": [_definition(concept, language) for concept in page["concepts"]],
        "disagreements": [finding(one, language) for one in page["findings"][:10]],
        "disagreements_in_all": len(page["findings"]),
    }


def finding(one: dict[str, Any], language: str) -> dict[str, Any]:
    """One finding: both texts with who says them, and a sentence for each piece of evidence."""
    return {
        "id": one["id"],
        "term": one["term"],
        "severity": one["severity"],
        "relation": one["relation"],
        "evidence": [
            {"kind": each["kind"], "explanation": each["explanations"].get(language, each["explanation"])}
            for each in one["evidence"]
        ],
        "a": _side(one["a"]),
        "b": _side(one["b"]),
    }


def hits(page: dict[str, Any], address: str) -> list[dict[str, Any]]:
    """Hits of a search with where each page is."""
    members = ("uri", "kind", "text", "reason")
    return [{**{name: one[name] for name in members}, "page": f"{address}{one['path']}"} for one in page["hits"]]


def _definition(concept: dict[str, Any], language: str) -> dict[str, Any]:
    by = concept["section"] or concept["act"] or concept["publisher"] or {}
    return {
        "concept": concept["uri"],
        "term": _words(concept["label"], language),
        "defined_by": _words(by.get("label", {}), language),
        "texts": [text for each in concept["definitions"] for text in _texts(each["text"], language)],
        "scope": concept["scope"],
        "valid_from": concept["validFrom"],
        "valid_to": concept["validTo"],
        "replaced": concept["replaced"],
    }


def _side(side: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": side["text"],
        "concept": side["concept"],
        "catalogue": side["catalogue_title"],
        "publisher": side["publisher_name"],
    }


def _words(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _texts(texts: dict[str, list[str]], language: str) -> list[str]:
    return texts.get(language) or next(iter(texts.values()), [])
