"""The version of the installed register: a page made by another version is another page."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def installed_version() -> str:
    """The version, "0" in a checkout that is not installed."""
    try:
        return version("samsvar")
    except PackageNotFoundError:
        return "0"
