"""The graphs that the register keeps itself: no update and no upload writes to them.

What they hold is computed (findings, derived, mappings), written by people through the register (decisions, links,
cases, common concepts) or a record of what happened (provenance). ``ALL`` and ``NAMED`` of an update mean the others.
"""

OWN = ("findings", "decisions", "links", "mappings", "cases", "catalogue/common", "provenance", "derived")


def own_graphs(uri_base: str) -> frozenset[str]:
    """The IRIs of the register's own graphs."""
    return frozenset(f"{uri_base}/graph/{name}" for name in OWN)
