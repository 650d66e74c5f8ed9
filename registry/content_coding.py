"""The content codings of RFC 9110: which one a client wants, and how bytes come into it and out of it.

zstd is Python's own from 3.14, before it `backports.zstd`.
"""

import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"
_GZIP = 16 + zlib.MAX_WBITS
_GZIP_LEVEL = 4
"""A third faster than the default, for two hundredths more bytes."""


_WINDOW = 23
"""8 MiB: the most memory that RFC 9659 lets a zstd body ask for, as a power of two."""


class Encoder(Protocol):
    """Takes an answer piece by piece; without `finish` what it gave is visibly no whole answer."""

    def add(self, piece: bytes) -> bytes:
        """Everything up to the end of the piece, so that the client can read it now."""
        ...

    def finish(self) -> bytes:
        """The end of the whole."""
        ...


class Decoder(Protocol):
    """Reads a body; refuses with ValueError what is not in its coding."""

    @property
    def eof(self) -> bool:
        """Whether the end of the whole was read."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What came behind that end."""
        ...

    def decode(self, data: bytes, most: int) -> bytes:
        """At most `most` bytes more; what is left of `data` is kept, and goes on with b""."""
        ...


class _GzipEncoder:
    def __init__(self) -> None:
        self._inner = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP)

    def add(self, piece: bytes) -> bytes:
        return self._inner.compress(piece) + self._inner.flush(zlib.Z_SYNC_FLUSH)

    def finish(self) -> bytes:
        return self._inner.flush()


class _ZstdEncoder:
    def __init__(self) -> None:
        self._inner = zstd.ZstdCompressor()

    def add(self, piece: bytes) -> bytes:
        return self._inner.compress(piece, zstd.ZstdCompressor.FLUSH_BLOCK)

    def finish(self) -> bytes:
        return self._inner.flush()


class _GzipDecoder:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decode(self, data: bytes, most: int) -> bytes:
        try:
            return self._inner.decompress(self._inner.unconsumed_tail + data, most)
        except zlib.error as error:
            raise ValueError(f"it is not gzip: {error}") from error


class _ZstdDecoder:
    def __init__(self) -> None:
        self._inner = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decode(self, data: bytes, most: int) -> bytes:
        try:
            return self._inner.decompress(data, most)
        except zstd.ZstdError as error:
            raise ValueError(f"it is not zstd: {error}") from error


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding, both ways."""

    encoder: Callable[[], Encoder]
    decoder: Callable[[], Decoder]


CODINGS: Mapping[str, Coding] = {
    "zstd": Coding(_ZstdEncoder, _ZstdDecoder),
    "gzip": Coding(_GzipEncoder, _GzipDecoder),
}
"""By the name that HTTP gives them, the better one first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What Accept-Encoding says: the best of our codings, or identity; None where the client takes none of them.

    `plain` says whether an answer may also come without any coding, `gzip` whether it may come as gzip.
    """

    coding: str | None
    plain: bool
    gzip: bool


@lru_cache(maxsize=256)
def wish(accept_encoding: str | None) -> Wish:
    """Reads Accept-Encoding. No header means no coding: who can unpack says so. ``x-gzip`` is gzip."""
    weights = _weights(accept_encoding or "")
    rest = weights.get("*", 0.0)
    ours = {name: weights.get(name, rest) for name in CODINGS}
    plain = weights.get(IDENTITY, rest if "*" in weights else 1.0) > 0
    best = max(ours, key=ours.__getitem__)
    if ours[best] <= 0:
        return Wish(IDENTITY if plain else None, plain, gzip=False)
    better_plain = plain and weights.get(IDENTITY, 0.0) > ours[best]
    return Wish(IDENTITY if better_plain else best, plain, gzip=ours["gzip"] > 0 and not better_plain)


def _weights(header: str) -> dict[str, float]:
    """Coding to its q-value; what is written wrongly counts as not wanted."""
    found: dict[str, float] = {}
    for member in header.split(","):
        name, *parameters = (part.strip().lower() for part in member.split(";"))
        if name:
            found["gzip" if name == "x-gzip" else name] = _weight(parameters)
    return found


def _weight(parameters: list[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
