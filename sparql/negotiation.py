"""Content negotiation by media type: RFC 9110, section 12.5.1. Knows strings only, no web framework."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_RANGE = re.compile(
    r"""\s*(?:([\w!#$%&'*+.^`|~-]+)/([\w!#$%&'*+.^`|~-]+)|\*(?!\S*/))  # type/subtype, or * as old clients say
        ((?:\s*+;\s*+[^\s;,="]*+\s*+(?:=\s*+(?:"(?:[^"\\]|\\.)*+"|[^\s;,"]*+))?+)*+)\s*+(?:,|$)""",
    re.VERBOSE,
)
_PARAMETER = re.compile(r""";\s*([^\s;,="]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))""")
_QUALITY = re.compile(r"(?:0?(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header."""

    type: str
    subtype: str
    parameters: Mapping[str, str]
    quality: float

    def specificity(self, offer: "MediaRange") -> tuple[int, int, int] | None:
        """How closely this range names the offer; None where it does not.

        A parameter that the offer does not have (``charset``, ``profile``) does not exclude it, one that differs does.
        """
        if (self.type, self.subtype) == ("*", "*"):
            level = 0
        elif self.type == offer.type and self.subtype in ("*", offer.subtype):
            level = 1 if self.subtype == "*" else 2
        else:
            return None
        shared = self.parameters.keys() & offer.parameters.keys()
        if any(self.parameters[name] != offer.parameters[name] for name in shared):
            return None
        return (level, len(shared), len(shared) - len(self.parameters))


def media_ranges(header: str) -> Iterator[MediaRange]:
    """The ranges of an Accept header in their order; what is not a media range is passed over."""
    position = 0
    while position < len(header):
        match = _RANGE.match(header, position)
        if match is None:
            following = header.find(",", position)
            if following < 0:
                return
            position = following + 1
            continue
        position = match.end()
        yield _range(match[1] or "*", match[2] or "*", match[3])


def _range(kind: str, subtype: str, rest: str) -> MediaRange:
    parameters = {name.lower(): (quoted or plain).lower() for name, quoted, plain in _PARAMETER.findall(rest)}
    weight = parameters.pop("q", "1")
    quality = float(weight + "0") if _QUALITY.fullmatch(weight) and weight not in ("", ".") else 1.0
    return MediaRange(kind.lower(), subtype.lower(), parameters, quality)


def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that the client likes best; None where it takes none of them (406).

    The closest range decides an offer's quality, so ``text/turtle;q=0, */*`` is anything but Turtle. Between equal
    qualities the offer that is named more closely wins, then the order of `offers`. A missing or empty header takes
    anything.
    """
    return _best(accept or "", tuple(offers))


@lru_cache(maxsize=512)
def _best(accept: str, offers: tuple[str, ...]) -> str | None:
    """Clients say the same with every request."""
    ranges = list(media_ranges(accept))
    if not ranges:
        return None if accept.strip() else next(iter(offers), None)
    rated = [(_rate(ranges, offer), offer) for offer in offers]
    acceptable = [(rate, offer) for rate, offer in rated if rate is not None and rate[0] > 0]
    return max(acceptable, key=lambda pair: pair[0])[1] if acceptable else None


def _rate(ranges: Sequence[MediaRange], offer: str) -> tuple[float, tuple[int, int, int]] | None:
    offered = next(media_ranges(offer))
    matches = [(specificity, each.quality) for each in ranges if (specificity := each.specificity(offered)) is not None]
    if not matches:
        return None
    specificity, quality = max(matches)
    return quality, specificity
