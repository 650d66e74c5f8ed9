"""Publishing a revision: everything is loaded beside, then one update names it, or nothing of it is ever seen.

The update has one operation that is void unless the revision that the session began with is still the newest. It
makes the new revision and says what remains to be moved; the operations after it move that, each void unless it is
said. So a service that ends between them leaves a list that anybody can finish, and one that takes every request whole
shows nobody any step between.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import Literal, NamedNode

from sparql.errors import StoreAwayError, StoreConflictError, StoreError
from sparql.remote.beside import Beside, Spelling, spelling_of
from sparql.remote.manifest import (
    ADDS,
    CLEARS,
    HOLDS,
    MEANS,
    READS,
    REMOVES,
    STATE,
    TURN,
    ControlGraph,
    Holding,
    Manifest,
    Step,
    request_text,
)
from sparql.remote.plan import GraphPlan
from sparql.remote.statements import sendable, to_service

_MOVE: Final = {ADDS: "move_in", REMOVES: "move_out", CLEARS: "clear"}
_ORDER: Final = (CLEARS, REMOVES, ADDS)
_TYPED: Final = b'"^^<'
"""In a line whose literal has a type: engines read some of those otherwise in an update than in N-Triples."""
_PER_STEP: Final = 120.0
"""Seconds that a service may take to move one piece."""


class Commit:
    """One attempt to publish what a session changed, after the revision `before`."""

    def __init__(
        self, control: ControlGraph, before: Manifest, plans: Iterable[GraphPlan], name: str, owner: str
    ) -> None:
        self._control = control
        self._before = before
        self._plans = list(plans)
        self.name = name
        self._graphs = self._held_then()
        self._beside = Beside(control, name, owner)
        self._steps: list[Step] = []
        self._removed: list[str] = []
        self._added: list[str] = []

    @property
    def sums(self) -> dict[str, str]:
        """The fingerprint of each graph when it is made."""
        return {graph: held.sum for graph, held in self._graphs.items()}

    def make(self, revision: int) -> Manifest:
        """Publishes it as this revision, and returns what the store says of itself then.

        Raises:
            StoreConflictError: another host published first; nothing of this was.
            StoreAwayError: the service is away; nothing was published, or the message says that nobody knows.
            StoreError: the service would not take it; nothing was published.
        """
        after = self._before.after(self.name, revision, datetime.now(UTC).isoformat(timespec="seconds"), self._graphs)
        try:
            self._load()
            self._note(after)
            self._publish(after)
        finally:
            if self._beside.made:
                self._tidy()
        return after

    def _held_then(self) -> dict[str, Holding]:
        found = dict(self._before.graphs)
        for plan in self._plans:
            if plan.holds is None:
                found.pop(plan.graph, None)
            else:
                found[plan.graph] = plan.holds
        return found

    def _load(self) -> None:
        """Puts beside what is too much for a request or may be read otherwise in one, and notes the rest."""
        dialect = self._control.client.service.dialect
        much = sum(len(line) for plan in self._plans for line in (*plan.removed, *plan.added)) > dialect.inline
        for plan in self._plans:
            graph = self._control.graph(plan.graph)
            if plan.cleared:
                self._steps.append(Step(graph, CLEARS, graph))
            (out, gone), (into, come) = (
                _parted(lines, lambda line: much or (_TYPED in line and not dialect.is_faithful))
                for lines in (plan.removed, plan.added)
            )
            steps, odd = self._beside.load(graph, out, into)
            self._steps += steps
            odd.means |= {line for line in come if not sendable(line)}
            self._removed += _in_graph(graph, gone)
            self._added += _in_graph(graph, come)
            self._spell(plan, odd)

    def _spell(self, plan: GraphPlan, odd: Spelling) -> None:
        """Brings what is spelt otherwise in a graph up to date."""
        before = self._before.graphs.get(plan.graph, Holding(0, ""))
        if not before.odd and not odd:
            return
        old = spelling_of(self._control, plan.graph, before.odd)
        new = (
            Spelling()
            if plan.holds is None
            else Spelling(old.reads | odd.reads, old.means - set(plan.removed) | odd.means)
        )
        new.means |= new.reads.intersection(plan.added)
        name = NamedNode(self._control.graph(plan.graph))
        for terms, gone, come in (
            (READS, old.reads - new.reads, new.reads - old.reads),
            (MEANS, old.means - new.means, new.means - old.means),
        ):
            for lines, into in ((gone, self._removed), (come, self._added)):
                into += [
                    _statement(self._control.spellings, f"{name} {NamedNode(terms)} {Literal(each.decode())}")
                    for each in lines
                ]
        if plan.holds is not None:
            self._graphs[plan.graph] = Holding(plan.holds.count, plan.holds.sum, len(new))

    def _note(self, after: Manifest) -> None:
        """What the store says of itself from then on."""
        root = NamedNode(self._control.root)
        for manifest, into in ((self._before, self._removed), (after, self._added)):
            into.append(_statement(root.value, f"{root} {NamedNode(STATE)} {Literal(manifest.state)}"))
            other = after if manifest is self._before else self._before
            into += [
                _statement(
                    root.value, f"{NamedNode(self._control.graph(graph))} {NamedNode(HOLDS)} {Literal(str(held))}"
                )
                for graph, held in manifest.graphs.items()
                if other.graphs.get(graph) != held
            ]
        self._added += [_statement(root.value, _said(step)) for step in self._steps]

    def _publish(self, after: Manifest) -> None:
        steps, patience = self._steps, self._control.client.service.patience
        try:
            self._control.client.update(
                " ;\n".join([self._first(), *moves(self._control, steps)]),
                patience=patience + _PER_STEP * len(steps),
            )
        except StoreError as error:
            if not self._has_happened(after, error):
                raise
        else:
            if self._control.state() != after.state:
                raise StoreConflictError(
                    "Another host has written to the store meanwhile: nothing of this was stored. Do it again."
                )

    def _first(self) -> str:
        """The operation that makes the revision, if it is still the turn of this one."""
        root, before = NamedNode(self._control.root), self._before
        expected = f"{root} {NamedNode(STATE)} {Literal(before.state)} ; {NamedNode(TURN)} {Literal(before.turn)}"
        removed, added = "".join(self._removed), "".join(self._added)
        return f"DELETE {{\n{removed}}}\nINSERT {{\n{added}}}\nWHERE {{ GRAPH {root} {{ {expected} }} }}"

    def _has_happened(self, after: Manifest, wrong: StoreError) -> bool:
        """Whether an update with an unknown end was made; if not, it never will be.

        Raises:
            StoreAwayError: nobody can tell.
        """
        try:
            self._control.next_turn(self.name)
            return self._control.state() == after.state
        except StoreError:
            raise StoreAwayError(
                f"{self._control.client.service.host} went away while it was written to: nobody can tell whether this "
                "was stored until it is back. Look before you do it again."
            ) from wrong

    def _tidy(self) -> None:
        """What cannot be taken away now is when the next session begins."""
        try:
            manifest = self._control.manifest()
            if not manifest.steps:
                self._beside.forget()
        except StoreError:
            return


def finish(control: ControlGraph, manifest: Manifest) -> None:
    """Moves what a published revision still has to move: the service ended in the middle of it."""
    patience = control.client.service.patience + _PER_STEP * len(manifest.steps)
    control.client.update(" ;\n".join(moves(control, manifest.steps)), patience=patience)


def moves(control: ControlGraph, steps: Iterable[Step]) -> list[str]:
    """Operations that make the steps, each void where it is not said that it is to be made; then none is."""
    ordered = sorted(steps, key=lambda step: _ORDER.index(step.how))
    made = [
        request_text(_MOVE[step.how], control=control.root, beside=step.beside, graph=step.graph) for step in ordered
    ]
    done = "\n".join(_statement(control.root, _said(step)) for step in ordered)
    return [*made, f"DELETE DATA {{\n{done}\n}}"] if ordered else []


def _parted(lines: Iterable[bytes], wanted: Callable[[bytes], bool]) -> tuple[list[bytes], list[bytes]]:
    """Those that are wanted, and the others."""
    parts: tuple[list[bytes], list[bytes]] = ([], [])
    for line in lines:
        parts[not wanted(line)].append(line)
    return parts


def _said(step: Step) -> str:
    return f"{NamedNode(step.beside)} {NamedNode(step.how)} {NamedNode(step.graph)}"


def _in_graph(graph: str, lines: Iterable[bytes]) -> list[str]:
    """Triples of one graph, as an update names them."""
    text = "\n".join(to_service(line).decode() for line in lines if sendable(line))
    return [f"GRAPH {NamedNode(graph)} {{\n{text}\n}}\n"] if text else []


def _statement(graph: str, triple: str) -> str:
    return f"GRAPH {NamedNode(graph)} {{ {triple} }}\n"
