"""Every word of the interface is translated to bokmål and nynorsk, with the same places to fill in."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask

from registry.errors import PROBLEMS
from registry.views.labels import PROBLEMS as PROBLEM_LABELS
from registry.views.languages import init_babel

ROOT = Path(__file__).parent.parent.parent
TRANSLATIONS = ROOT / "registry" / "translations"


@pytest.fixture(scope="module")
def extracted() -> set[str | tuple[str, ...]]:
    """Message ids in the code and templates; a plural is a pair, and serves for its singular alone."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(str(ROOT), methods, options, keywords)
    ids = {message[2] for message in found}
    return ids - {pair[0] for pair in ids if isinstance(pair, tuple)}


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO((TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").read_bytes()), locale=language)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_nothing_is_missing_fuzzy_or_left_over(extracted: set[str | tuple[str, ...]], language: str) -> None:
    held = {message.id: message for message in catalogue(language) if message.id}
    assert len(extracted) > 200
    assert extracted - held.keys() == set(), "translate these in messages.po"
    assert held.keys() - extracted == set(), "no longer used"
    for message in held.values():
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(word.strip() for word in words), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_translations_keep_their_places(language: str) -> None:
    places = re.compile(r"%\(\w+\)s|\{\}")
    for message in catalogue(language):
        if isinstance(message.id, str):
            assert sorted(places.findall(message.id)) == sorted(places.findall(str(message.string))), message.id
        else:
            for words in message.string:
                assert set(places.findall(message.id[1])) == set(places.findall(words)), message.id


def test_nynorsk_is_not_bokmaal() -> None:
    bokmaal = {message.id: message.string for message in catalogue("nb") if isinstance(message.id, str)}
    nynorsk = {message.id: message.string for message in catalogue("nn") if isinstance(message.id, str)}
    wrong = re.compile(r"(?<![\w-])(ikke|hva|hvor|hvorfor|begrep\w*|en|et|fra|noe|hver|virksomhet\w*)\b", re.IGNORECASE)
    assert [words for words in nynorsk.values() if wrong.search(str(words))] == []
    right = re.compile(r"\b(ikkje|kva|kvifor|omgrep\w*|ein|eit|frå|noko|verksemd\w*)\b", re.IGNORECASE)
    assert [words for words in bokmaal.values() if right.search(str(words))] == []


def test_every_problem_has_a_heading_in_the_language_of_the_page() -> None:
    titles = {problem.slug: problem.title for _, problem in PROBLEMS}
    assert titles.keys() - PROBLEM_LABELS.keys() == set()
    app = Flask(__name__)
    init_babel(app)
    with app.test_request_context("/?lang=en"):
        assert {slug: str(PROBLEM_LABELS[slug]) for slug in titles} == titles, "the same words as in problem+json"
