"""The language of a page, and its words: Flask-Babel over the catalogues in ``registry/translations``.

Translations are read once per process: the compiled ``.mo`` where there is one (in a wheel), else the ``.po`` itself.
"""

from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_locale
from werkzeug.datastructures import LanguageAccept

from registry.catalogue.texts import LANGUAGES, Language
from registry.services import services

COOKIE = "samsvar-lang"
SAMI = "se"
"""Northern Sámi, in which there are main terms only."""
_YEAR = 31_536_000
_ASKED = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en", "da": "nb", "sv": "nb"}
"""What a browser may ask for, and what it gets."""


def init_babel(app: Flask) -> None:
    """Wires Flask-Babel to the page's language."""
    _Babel(app, default_locale="nb", locale_selector=language)


def language() -> Language:
    """The language of this request: ``?lang=``, else the cookie, else Accept-Language, else the setting."""
    if "language" not in g:
        asked = request.args.get("lang", "")
        g.language = _read_in(asked) or _read_in(request.cookies.get(COOKIE, "")) or _accepted() or _default()
    chosen: Language = g.language
    return chosen


def interface_language() -> str:
    """The language of the menu: that of the page, or Northern Sámi where the reader has chosen it.

    The page is in bokmål then, but for the main terms that `registry/views/sami.py` has.
    """
    asked = request.args.get("lang", "")
    chosen = asked if asked == SAMI or _known(asked) else request.cookies.get(COOKIE, "")
    return SAMI if chosen == SAMI else language()


def asked_language() -> Language:
    """The language that a program asks for: ``?lang=``, else Accept-Language; English where it asks for none."""
    return _known(request.args.get("lang", "")) or _accepted() or "en"


def said(text: str) -> str:
    """The text, noted as the reader's language: an error page marks every other detail as English."""
    g.said = text
    return text


def remembers_language() -> str:
    """The language that this request asks to be remembered, "" for none."""
    asked = request.args.get("lang", "")
    return asked if asked == SAMI or _known(asked) else ""


def _read_in(code: str) -> Language | None:
    """The language of the pages for who chooses a language: bokmål for Northern Sámi."""
    return "nb" if code == SAMI else _known(code)


def _known(code: str) -> Language | None:
    return next((each for each in LANGUAGES if each == code), None)


def _accepted() -> Language | None:
    accepted: LanguageAccept = request.accept_languages
    for code, quality in accepted:
        found = _ASKED.get(code.lower().partition("-")[0])
        if found and quality > 0:
            return _known(found)
    return None


def _default() -> Language:
    return services().settings.language


class _Domain(Domain):  # type: ignore[misc] # Flask-Babel is not typed
    """Translations that are read once per process, not once per request."""

    def get_translations(self) -> NullTranslations:
        return translations(str(get_locale() or "nb"))


class _Babel(Babel):  # type: ignore[misc] # the same
    @cached_property
    def domain_instance(self) -> Domain:
        return _Domain()


@cache
def translations(locale: str) -> NullTranslations:
    """The words of one language; English is what the code says itself."""
    folder = files("registry").joinpath("translations", locale, "LC_MESSAGES")
    source = folder.joinpath("messages.po")
    if not source.is_file():
        return NullTranslations()
    compiled = folder.joinpath("messages.mo")
    if compiled.is_file() and not _older(compiled, source):
        return Translations(BytesIO(compiled.read_bytes()))
    buffer = BytesIO()
    write_mo(buffer, read_po(BytesIO(source.read_bytes()), locale=locale))
    buffer.seek(0)
    return Translations(buffer)


def _older(compiled: Traversable, source: Traversable) -> bool:
    """Whether the source was edited after it was compiled; in an installed wheel both are equally old."""
    if not isinstance(compiled, Path) or not isinstance(source, Path):
        return False
    return compiled.stat().st_mtime + 1 < source.stat().st_mtime
