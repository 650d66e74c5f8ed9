"""The main terms of the interface in Northern Sámi, for readers who have chosen it; the rest of a page is in bokmål.

Few and right: a word is added by somebody who knows the language.
"""

from collections.abc import Mapping

from markupsafe import Markup

from registry.views.languages import SAMI, interface_language

WORDS: Mapping[str, str] = {
    "Search": "Oza",
    "Help": "Veahkki",
    "Concepts": "Doahpagat",
    "Cases": "Áššit",
    "Legislation": "Lágat ja láhkaásahusat",
    "Services": "Bálvalusat",
}
"""By what the code calls them."""


def sami(english: str) -> Markup | str:
    """The term in Northern Sámi, marked as such; "" where the reader has not chosen it, or there is none."""
    word = WORDS.get(english, "") if interface_language() == SAMI else ""
    return Markup('<span lang="{}">{}</span>').format(SAMI, word) if word else ""
