"""Languages as people write them, brought to the tags that the register uses.

``no`` means bokmål in nearly every real file and ISO 639 lets it stand for either written form; it is read as ``nb``
and reported, so that terms and definitions of one language meet. Tags of other languages are left alone.
"""

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "no": "nb",
        "nob": "nb",
        "nor": "nb",
        "no-nb": "nb",
        "no-no": "nb",
        "no-bok": "nb",
        "nb-no": "nb",
        "nno": "nn",
        "no-nn": "nn",
        "no-nyn": "nn",
        "nn-no": "nn",
        "eng": "en",
    }
)
"""Tag in lower case to the tag that is stored."""


def language_tag(written: str) -> str:
    """The tag to store for a tag as written ("" stays ""); underscores are read as hyphens."""
    tag = written.strip().lower().replace("_", "-")
    return LANGUAGES.get(tag, tag)
