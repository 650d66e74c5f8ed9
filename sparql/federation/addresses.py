"""Whom SERVICE may ask: the addresses that the operator listed, and where on the network those may lie.

An entry is an address, and after it, with spaces between, the networks where its host may lie beside the public
internet::

    https://query.wikidata.org/sparql
    http://fuseki.internal:3030/begrep/sparql 10.20.0.0/16
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self, TypeAlias
from urllib.parse import urlsplit

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))
"""Public by their numbers for some versions of Python, but answered by what a virtual machine in a cloud runs on."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """An address that SERVICE may ask; `networks` are where its host may lie beside the public internet."""

    address: str
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, entry: str) -> Self:
        """An entry of the operator's list.

        Raises:
            ValueError: it is none; the message says why.
        """
        address, *networks = entry.split() or [""]
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or not address.isascii():
            raise ValueError(
                f"{address or entry!r} is no address of a service: write http://... or https://... in ASCII"
            )
        if parts.username is not None or parts.fragment or parts.port == 0:
            raise ValueError(f"{address} must be without user, password and fragment: none of them is sent")
        named = [_network(each, entry) for each in networks]
        return cls(address, (*named, *_said_by_host(parts.hostname)))

    def permits(self, address: str) -> bool:
        """Whether it may lie at this IP address."""
        found = unwrapped(ip_address(address))
        return is_public(found) or any(found in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Whether the address is of a host on the public internet: not private, local, shared, reserved or of many."""
    if isinstance(address, IPv6Address):
        return address in _UNICAST and address.is_global
    if address.is_multicast or address.is_reserved or any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global


def unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64); others as they are."""
    if isinstance(address, IPv4Address):
        return address
    within = address.ipv4_mapped or address.sixtofour
    if within is None and address in _TRANSLATED:
        within = IPv4Address(int(address) & 0xFFFFFFFF)
    return within or address


def _network(text: str, entry: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ValueError(f"{text!r} in {entry!r} is no network such as 10.20.0.0/16: {error}") from error


def _said_by_host(host: str) -> tuple[Network, ...]:
    """A host that is an IP address says itself where it lies, and so does ``localhost``."""
    if host == "localhost":
        return _LOOPBACK
    try:
        return (ip_network(unwrapped(ip_address(host))),)
    except ValueError:
        return ()
