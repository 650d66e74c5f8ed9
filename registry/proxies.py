"""Whom a request is from, where it comes through proxies that the operator trusts.

A proxy adds the address of whoever asked it to the end of ``X-Forwarded-For``. What a trusted one added is believed;
what stands before an address that is not trusted was written by anybody, and is not.
"""

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, TypeAlias

Network: TypeAlias = IPv4Network | IPv6Network
UNIX = "unix"
"""The name that stands for whoever asks through a Unix socket, who has no address."""


class Proxies:
    """WSGI middleware: ``REMOTE_ADDR`` is the address of the client, not of the proxy that passed it on."""

    def __init__(self, application: Callable[..., Iterable[bytes]], trusted: Sequence[str]) -> None:
        self._application = application
        self._unix = UNIX in trusted
        self._networks: list[Network] = [ip_network(each) for each in trusted if each != UNIX]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        said = environ.get("HTTP_X_FORWARDED_FOR", "")
        if said:
            environ["REMOTE_ADDR"] = self.client(environ.get("REMOTE_ADDR", ""), said)
        return self._application(environ, start_response)

    def client(self, address: str, forwarded: str) -> str:
        """The last address, read from the end, that no trusted proxy is; where all are trusted, the first one."""
        for before in reversed(forwarded.split(",")):
            known = _address(before)
            if not self._trusts(address) or known is None:
                break
            address = known
        return address

    def _trusts(self, address: str) -> bool:
        if not address:
            return self._unix
        known = _address(address)
        return known is not None and any(ip_address(known) in each for each in self._networks)


def networks_of(names: str) -> tuple[str, ...]:
    """Addresses, networks and `UNIX`, with blanks or commas between, each checked.

    Raises:
        ValueError: something else.
    """
    found = tuple(names.replace(",", " ").split())
    for each in found:
        if each != UNIX:
            ip_network(each)
    return found


def _address(text: str) -> str | None:
    """An address as it is written shortest, without a port, and an IPv4 one in IPv6's form as itself."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        known = ip_address(bare)
    except ValueError:
        return None
    return str(getattr(known, "ipv4_mapped", None) or known)
