"""The layout of a data directory: a number, in the file `layout`, for which files there are and what stands in them.

A directory that was made before layouts were recorded has none: that is layout 0. `samsvar upgrade` brings an older
one to the layout of this version (registry/upgrading.py).
"""

from pathlib import Path
from typing import Final

from sparql.embedded.files import replace_synced
from sparql.embedded.integrity import damaged
from sparql.embedded.master import list_generations
from sparql.errors import LayoutError

LAYOUT: Final = 1
"""The layout that this version reads and writes."""
FILE: Final = "layout"


def layout_of(directory: Path) -> int:
    """The layout of a data directory; one without a register has that of this version.

    Raises:
        StoreDamagedError: the file holds no number.
    """
    try:
        text = (directory / FILE).read_bytes().strip()
    except (FileNotFoundError, NotADirectoryError):
        return 0 if any(path.name.isdecimal() for path in list_generations(directory)) else LAYOUT
    if not text.isdigit():
        raise damaged(directory, f"the file {FILE} holds no number")
    return int(text)


def write_layout(directory: Path, number: int) -> None:
    """Records the layout, on disk when this returns.

    Raises:
        OSError: no space, no right to write.
    """
    replace_synced(directory / FILE, f"{number}\n".encode())


def check_layout(directory: Path) -> None:
    """Refuses a directory of another layout.

    Raises:
        LayoutError: it is older, or newer; the message says what to do.
    """
    found = layout_of(directory)
    if found < LAYOUT:
        raise LayoutError(
            f"{directory} has layout {found} and this version needs {LAYOUT}: run `samsvar backup`, then "
            f"`samsvar upgrade`."
        )
    if found > LAYOUT:
        raise LayoutError(
            f"{directory} has layout {found}, which a newer version wrote, and this version knows {LAYOUT}: install "
            f"that version, or restore a backup from before."
        )
