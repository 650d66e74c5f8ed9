"""What a remote store says of itself, in a graph of its own: its revision, and what each graph of the register holds.

In that graph, with every value a plain string that no engine rewrites::

    <control> state   "41 5f0c... 2026-11-22T08:00:00+00:00 17"    revision, its name, when, and how many graphs
    <control> turn    "9b1e..."                                     a write made for another turn is void
    <graph>   holds   "1200 a41f... 0"                              triples, fingerprint, triples spelt otherwise
    <beside>  adds    <graph>                                       what a revision that was published still has to move
    <beside>  removes <graph>
    <beside>  waits   "owner 1732262400"                            loaded beside, by whom and when

The empty string of a graph's name, the default graph, has an IRI of its own there.
"""

from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Final

from pyoxigraph import Literal, NamedNode

from sparql.remote.client import RemoteClient
from sparql.remote.errors import StoreAnswerError

TERMS: Final = "urn:samsvar:store:"
STATE, TURN, HOLDS, WAITS = (f"{TERMS}{name}" for name in ("state", "turn", "holds", "waits"))
ADDS, REMOVES, CLEARS = (f"{TERMS}{name}" for name in ("adds", "removes", "clears"))
READS, MEANS = f"{TERMS}reads", f"{TERMS}means"


@dataclass(frozen=True, slots=True)
class Holding:
    """What one graph holds: triples, their fingerprint, and how many entries say what is spelt otherwise."""

    count: int
    sum: str
    odd: int = 0

    def __str__(self) -> str:
        return f"{self.count} {self.sum or '-'} {self.odd}"

    @classmethod
    def parse(cls, text: str) -> "Holding":
        """What `str` made."""
        count, found, odd = text.split(" ")
        return cls(int(count), found if found != "-" else "", int(odd))


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a published revision that may still have to be moved: `how` is ADDS, REMOVES or CLEARS."""

    beside: str
    how: str
    graph: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One revision; `name` tells it from every other, even where its number comes back. Revision 0 holds nothing."""

    revision: int
    name: str
    created: str
    turn: str
    graphs: dict[str, Holding] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    waiting: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """As it stands in the control graph."""
        return f"{self.revision} {self.name} {self.created} {len(self.graphs)}"

    def after(self, name: str, revision: int, created: str, graphs: dict[str, Holding]) -> "Manifest":
        """The one that follows."""
        return replace(self, name=name, revision=revision, created=created, graphs=graphs, steps=(), waiting={})


class ControlGraph:
    """The graphs in which a remote store has what it says of itself, beside the register's own.

    They begin with `{uri_base}/store`, so that several registers may share a service.
    """

    def __init__(self, client: RemoteClient, uri_base: str) -> None:
        self.client = client
        self.root = f"{uri_base}/store"
        self.spellings = f"{self.root}/spellings"

    def graph(self, name: str) -> str:
        """What the service calls a graph of the register."""
        return name or f"{self.root}/default-graph"

    def beside(self, name: str, number: int) -> str:
        """A graph that is loaded beside, the how-manieth of a revision of this name."""
        return f"{self.root}/beside/{name}/{number}"

    def owns(self, name: str) -> bool:
        """Whether a graph of this name is the store's and not the register's."""
        return name == self.root or name.startswith(f"{self.root}/")

    def state(self) -> str:
        """What tells the newest revision; "" where the service has nothing of this register."""
        rows = self.client.select(request_text("state", control=self.root), most=1 << 16)
        return max((row["state"] for row in rows), default="")

    def found(self) -> None:
        """Makes the store where there is none; two hosts may do so at the same time."""
        self.client.update(request_text("found", control=self.root))

    def next_turn(self, name: str) -> None:
        """Makes void every update of a session that has not been made yet: what it may still become is settled."""
        text = request_text("next_turn", control=self.root).replace('"TURN"', str(Literal(name)))
        self.client.update(text)

    def manifest(self) -> Manifest:
        """The newest revision, whole.

        Raises:
            StoreError: the service did not answer, or not with all of it.
        """
        for _ in range(2):
            rows = self.client.select(request_text("manifest", control=self.root))
            if any(row["p"] == STATE for row in rows):
                return self._manifest(rows)
            self.found()
        raise StoreAnswerError(f"{self.client.service.host} does not keep what it is told: may this user write there?")

    def _manifest(self, rows: list[dict[str, str]]) -> Manifest:
        said = {
            each: [row["o"] for row in rows if row["s"] == self.root and row["p"] == each] for each in (STATE, TURN)
        }
        if any(len(each) != 1 for each in said.values()):
            raise StoreAnswerError(
                f"{self.client.service.host} has no single revision of {self.root}: restore a backup of it."
            )
        revision, name, created, number = said[STATE][0].split(" ")
        default = self.graph("")
        graphs = {"" if row["s"] == default else row["s"]: Holding.parse(row["o"]) for row in rows if row["p"] == HOLDS}
        if len(graphs) != int(number):
            raise StoreAnswerError(
                f"{self.client.service.host} told of {len(graphs)} graphs of {number}: raise its limit of rows."
            )
        steps = tuple(Step(row["s"], row["p"], row["o"]) for row in rows if row["p"] in (ADDS, REMOVES, CLEARS))
        waiting = {row["s"]: row["o"] for row in rows if row["p"] == WAITS}
        return Manifest(int(revision), name, created, said[TURN][0], graphs, steps, waiting)


def request_text(name: str, **graphs: str) -> str:
    """A fixed request, with graphs for its names in capitals."""
    text = (files(__package__) / f"{name}.rq").read_text(encoding="utf-8")
    for each, iri in graphs.items():
        text = text.replace(f"<{each.upper()}>", str(NamedNode(iri)))
    return text
