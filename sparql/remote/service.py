"""Where a remote store is and what it may take to ask it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sparql.remote.dialects import DIALECTS, Dialect


@dataclass(frozen=True, slots=True)
class RemoteService:
    """A SPARQL 1.1 service: its three addresses, how to log in, and `patience`, the seconds that an answer may take.

    Nothing secret is in its `repr`.
    """

    query: str
    update: str
    graphs: str
    dialect: Dialect = DIALECTS["generic"]
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    patience: float = 60.0

    @classmethod
    def at(cls, address: str, dialect: str = "generic", **others: str | float) -> "RemoteService":
        """The service at an address, with the paths of its dialect where `others` name none.

        Raises:
            ValueError: an address is not one of http or https, or has a user in it; there is no such dialect.
        """
        if dialect not in DIALECTS:
            raise ValueError(f"there is no dialect {dialect}: it is one of {', '.join(DIALECTS)}")
        kind, base = DIALECTS[dialect], address.rstrip("/")
        paths = {"query": kind.query, "update": kind.update, "graphs": kind.graphs}
        found = {name: str(others.pop(name, "")) or base + path for name, path in paths.items()}
        for each in found.values():
            check_address(each)
        return cls(**found, dialect=kind, **others)  # type: ignore[arg-type] # the settings that are left, each of its type

    @property
    def host(self) -> str:
        """What errors call it: the scheme, host and port that queries go to."""
        parts = urlsplit(self.query)
        return f"{parts.scheme}://{parts.netloc}"


def check_address(address: str) -> None:
    """Raises ValueError where this is no address of a service."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it is http:// or https:// and a host")
    if parts.username or parts.password or parts.fragment:
        raise ValueError("it has no user, password or fragment: those have settings of their own")
