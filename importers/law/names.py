"""Short titles and abbreviations of well-known acts and regulations, from well_known_acts.tsv, and finding them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from importers.law.identifiers import Refid, parse_refid

_DATA = "well_known_acts.tsv"


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names to acts. `names` are in lower case; an abbreviation counts only where a section follows it."""

    names: Mapping[str, Refid]
    abbreviations: Mapping[str, Refid]
    pattern: re.Pattern[str]

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Refid]]:
        """Each name in the text with its act; a genitive ending belongs to the match."""
        for found in self.pattern.finditer(text):
            name, short = found["name"], found["short"]
            known = self.names[_one_blank(name)] if name else self.abbreviations[short.casefold()]
            yield found, known


@cache
def well_known() -> NameTable:
    """The table that comes with the register."""
    names: dict[str, Refid] = {}
    abbreviations: dict[str, Refid] = {}
    for line in files(__package__).joinpath(_DATA).read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        refid_text, titles, *rest = line.split("\t")
        refid = parse_refid(refid_text)
        if refid is None:
            raise ValueError(f"{_DATA}: “{refid_text}” is no refid.")
        names |= {_one_blank(title): refid for title in titles.split("|")}
        abbreviations |= {short.casefold(): refid for short in "".join(rest).split("|") if short}
    return table(names, abbreviations)


def table(names: Mapping[str, Refid], abbreviations: Mapping[str, Refid]) -> NameTable:
    """A table of short titles (any case) and abbreviations."""
    folded = {_one_blank(name): refid for name, refid in names.items()}
    return NameTable(folded, dict(abbreviations), _pattern(folded, abbreviations))


def _one_blank(name: str) -> str:
    return " ".join(name.casefold().split())


def _pattern(names: Mapping[str, Refid], abbreviations: Mapping[str, Refid]) -> re.Pattern[str]:
    """Longest first, so that "skatteforvaltningsloven" is not read as something shorter."""
    titles = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    shorts = "|".join(map(re.escape, sorted(abbreviations, key=len, reverse=True)))
    return re.compile(
        rf"(?<![\w-])(?:(?P<name>{titles or '(?!)'})(?:s|ens)?(?![\w-])"
        rf"|(?P<short>{shorts or '(?!)'})\.?(?=\s*(?:[§$]|\d+-\d)))",
        re.IGNORECASE,
    )
