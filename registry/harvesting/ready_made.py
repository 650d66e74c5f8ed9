"""Sources that come with the register, all switched off: nothing is fetched that nobody asked for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from registry.harvesting.sources import HarvestSource, checked


@cache
def ready_made() -> Mapping[str, HarvestSource]:
    """By id, in the order of the file beside this module."""
    text = files(__package__).joinpath("ready_made.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {name: checked(HarvestSource(name, **said, enabled=False)) for name, said in tomllib.loads(text).items()}
    )
