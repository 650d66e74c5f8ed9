"""What is looked at before a server starts: whether its data directory can be used by the user who starts it."""

import os
from pathlib import Path

from registry.errors import ConfigurationError
from sparql.embedded.layout import check_layout

_MEND = "Set SAMSVAR_DATA to the register's directory, or give that to the user who runs the register."


def check_directory(data: Path) -> str:
    """What an operator should be told of the data directory, "" if nothing.

    A directory that is not there yet is an empty register. One on a read-only file system is read and not written.

    Raises:
        ConfigurationError: no register can be served from it.
        LayoutError: it is of another version.
    """
    data = data.absolute()
    if not data.exists():
        return _not_there(data)
    if not data.is_dir():
        raise ConfigurationError(f"{data} is no directory, so it holds no register. {_MEND}")
    check_layout(data)
    if os.statvfs(data).f_flag & os.ST_RDONLY:
        return f"{data} is on a read-only file system: all is read, and nothing is written."
    for path in (data, *data.iterdir()):
        _check(path, os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0))
    return ""


def _not_there(data: Path) -> str:
    above = next(each for each in data.parents if each.exists())
    if not above.is_dir():
        raise ConfigurationError(f"{above} is no directory, so {data} cannot be made in it. {_MEND}")
    _check(above, os.W_OK | os.X_OK)
    return f"{data} does not exist: the register is empty until something is imported."


def _check(path: Path, wanted: int) -> None:
    if not os.access(path, wanted):
        raise ConfigurationError(f"{path} cannot be read and written by this user. {_MEND}")
