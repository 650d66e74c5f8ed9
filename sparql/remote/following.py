"""Bringing the local generation up to a revision of the remote store: only graphs that differ are fetched."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from sparql.changes import GraphChange, triples
from sparql.embedded.differences import MOST
from sparql.embedded.session import EmbeddedSession
from sparql.remote.beside import spelling_of
from sparql.remote.errors import StoreAnswerError
from sparql.remote.manifest import ControlGraph, Holding, Manifest
from sparql.remote.statements import changed_fingerprint, has_blank_node, lines_of

_LINE_MOST = 1 << 20
"""Bytes that a triple may have on average, beyond which an answer cannot be the graph that was asked for."""


class ChangedMeanwhileError(StoreAnswerError):
    """A graph is not what was told of it: the store has another revision by now, or it is damaged."""


def fetched(control: ControlGraph, graph: str, holds: Holding) -> set[bytes]:
    """What a graph of the remote store holds, compared with what the store says of it.

    Raises:
        ChangedMeanwhileError: it is not that.
        StoreError: it could not be read whole.
    """
    if not holds.count:
        return set()
    content = control.client.n_triples(control.graph(graph), most=holds.count * _LINE_MOST)
    lines = spelling_of(control, graph, holds.odd).read(lines_of(content))
    if len(lines) != holds.count or changed_fingerprint("", (), lines) != holds.sum:
        raise ChangedMeanwhileError(
            f"{control.client.service.host} gave {len(lines)} of the {holds.count} triples of "
            f"{graph or 'the default graph'}, or others: raise its limit of rows; if it has none, restore a backup of "
            "the store."
        )
    return lines


def follow(control: ControlGraph, session: EmbeddedSession, manifest: Manifest, known: dict[str, str]) -> list[str]:
    """Makes the session hold what a revision holds; `known` is the fingerprint per graph of what it begins with.

    Returns the graphs that it changed.

    Raises:
        StoreError: as `fetched`.
    """
    there = session.graphs()
    gone = [graph for graph in {*there, *known} if graph not in manifest.graphs]
    other = [
        graph for graph, each in manifest.graphs.items() if known.get(graph) != each.sum or _is_missing(graph, there)
    ]
    for graph in gone:
        session.change(graph, GraphChange(cleared=True, keep=False))
    new = [graph for graph in other if _is_missing(graph, there)]
    slowly = [graph for graph in other if graph not in new]
    if sum(manifest.graphs[graph].count for graph in new) > MOST:
        session.load(_texts(control, manifest, new, slowly))
    else:
        slowly += new
    for graph in slowly:
        added = set(triples(_text(fetched(control, graph, manifest.graphs[graph]))))
        session.change(graph, GraphChange(cleared=True, added=added, keep=True if graph else None))
    return [*gone, *other]


def _is_missing(graph: str, there: dict[str, int]) -> bool:
    return bool(graph) and graph not in there


def _texts(
    control: ControlGraph, manifest: Manifest, graphs: Iterable[str], left: list[str]
) -> Iterator[tuple[NamedNode, bytes]]:
    """New graphs for the loader. Those that it would not load as they are, or not at all, are `left`."""
    for graph in graphs:
        lines = fetched(control, graph, manifest.graphs[graph])
        if lines and not any(map(has_blank_node, lines)):
            yield NamedNode(graph), _text(lines)
        else:
            left.append(graph)


def _text(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)
