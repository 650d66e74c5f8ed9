"""Descriptions with Markdown or HTML in them: shown as such, and never more than words."""

import pytest

from registry.catalogue.graphs import GraphInfo
from registry.catalogue.texts import Reference, Text
from registry.views.prose import prose


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Two lines\nof text", "<p>Two lines<br />\nof text</p>\n"),
        ("## Words\nof **weight**", "<p><strong>Words</strong></p>\n<p>of <strong>weight</strong></p>\n"),
        ("* one\n* two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("<p>One</p><div class='x'>two<br>three</div>", "<p>One<br />\ntwo<br />\nthree</p>\n"),
        ("a < b and snake_case_name", "<p>a &lt; b and snake_case_name</p>\n"),
        (
            "[docs](https://a.example/?b=1&c)",
            '<p><a href="https://a.example/?b=1&amp;c" class="ds-link">docs</a></p>\n',
        ),
        ("    indented", "<p>indented</p>\n"),
    ],
)
def test_what_is_meant_is_shown(written: str, shown: str) -> None:
    assert str(prose(written)) == shown


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://a.example/spy.png)",
        "<scr<b>ipt>alert(1)</script>",
        "<a href='https://a.example' onclick='alert(1)'>a</a>",
    ],
)
def test_nothing_runs_or_loads(written: str) -> None:
    shown = str(prose(written)).replace("&lt;", "")
    for sign in ("<script", "<img", 'href="javascript', "<a href='", "onclick='alert(1)'>"):
        assert sign not in shown


@pytest.mark.parametrize(("title", "name"), [("42", "Havnevesenet"), ("Havn", "Havn")])
def test_a_catalogue_is_not_called_by_its_id(title: str, name: str) -> None:
    publisher = Reference("https://a.example/org", (Text("Havnevesenet", "nb"),))
    info = GraphInfo("https://a.example/graph", "catalogue", "42", (Text(title, ""),), publisher, "")
    assert [text.value for text in info.name] == [name]
