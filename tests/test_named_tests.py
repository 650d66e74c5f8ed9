"""Pages that say which test holds something name tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [each for each in (ROOT / "docs" / "security.md", ROOT / "docs" / "promises.md") if each.is_file()]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)
def test_every_named_test_is_there(page: Path) -> None:
    named = _NAMED.findall(page.read_text(encoding="utf-8"))
    assert named
    for path, test in named:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert f"def {test}(" in text if test else "def test_" in text, (path, test)
