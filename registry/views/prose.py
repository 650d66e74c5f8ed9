"""Descriptions that came as Markdown or with HTML in them, as safe HTML: paragraphs, lists, emphasis and links.

Headings become bold lines, for they are none of the page's own; tags of HTML are left out, their words stay.
"""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NOT_READ = ["image", "code", "html_block", "html_inline"]


def prose(text: str) -> Markup:
    """A description as HTML; all that could run or load anything is text."""
    words = _TAG.sub("", _BREAK.sub("\n", text))
    return Markup(_markdown().render(words))  # noqa: S704 - html is off: what is not Markdown is escaped


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_NOT_READ)
    reader.add_render_rule("heading_open", _heading_open)
    reader.add_render_rule("heading_close", _heading_close)
    reader.add_render_rule("link_open", _link_open)
    return reader


def _heading_open(_: RendererHTML, *__: object) -> str:
    return "<p><strong>"


def _heading_close(_: RendererHTML, *__: object) -> str:
    return "</strong></p>\n"


def _link_open(own: RendererHTML, found: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    found[at].attrSet("class", "ds-link")
    return own.renderToken(found, at, options, env)
