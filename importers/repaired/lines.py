"""N-Triples and N-Quads repaired line by line; the original stays beside it as a comment."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from importers.rdf.skolem import blank_names
from importers.rdf.triples import renamed
from importers.repaired.known import Known, index_of
from importers.repaired.writing import COMMENT, commented
from importers.skos.publishers import organisation_of


class RepairedLines:
    """One text, a statement a line."""

    def __init__(self, text: str, known: Known) -> None:
        self._lines = text.splitlines()
        self._known = known
        self._read = [self._triple(line) for line in self._lines]
        self._names = blank_names(index_of(each for each in self._read if each), known.uri_base)
        self._owners = self._owned()
        self._labels: dict[str, str] = {}

    def text(self) -> str:
        """The text with every repair marked; what is stored instead stands behind the last line about its thing."""
        stored: set[Triple] = set()
        owners = [self._owner(triple) for triple in self._read]
        last = {owner: number for number, owner in enumerate(owners) if owner}
        written: list[str] = []
        for number, (line, triple) in enumerate(zip(self._lines, self._read, strict=True)):
            as_read = self._renamed(triple) if triple else None
            if as_read is not None and as_read in self._known.triples:
                stored.add(as_read)
                written.append(f"{line}\n")
            elif triple is None and (not line.strip() or line.lstrip().startswith("#")):
                written.append(f"{line}\n")
            elif triple is None:
                written.append(f"{COMMENT}statement-unreadable\n{commented(line)}")
            elif self._is_flawed(owners[number]):
                written.append(commented(line))
            else:
                written.append(f"{line}\n")
            if last.get(owners[number]) == number and self._is_flawed(owners[number]):
                written += self._missing(owners[number], stored)
        written += [f"{COMMENT}publisher-normalised\n{each} .\n" for each in self._known.aliases(stored)]
        return "".join(written)

    def _is_flawed(self, subject: str) -> bool:
        return subject in self._known.codes or (self._known.others and subject in self._known.said)

    def _missing(self, subject: str, stored: set[Triple]) -> Iterator[str]:
        """What is stored of a thing and stands on none of its lines."""
        fresh = [each for each in self._known.said.get(subject, ()) if each not in stored]
        if fresh:
            yield f"{COMMENT}{', '.join(self._known.codes.get(subject) or self._known.of_things)}\n"
        waiting = list(fresh)
        while waiting:
            each = waiting.pop(0)
            if each in stored:
                continue
            stored.add(each)
            yield f"{self._node(each.subject)} {each.predicate} {self._node(each.object)} .\n"
            if isinstance(each.object, NamedNode) and self._known.is_part(each.object.value):
                waiting += self._known.said[each.object.value]

    def _node(self, term: object) -> str:
        if not isinstance(term, NamedNode) or not self._known.is_part(term.value):
            return str(term)
        written = next((node for node, name in self._names.items() if name == term), None)
        return str(written) if written else self._labels.setdefault(term.value, f"_:samsvar{len(self._labels) + 1}")

    def _owned(self) -> dict[object, object]:
        """What each blank node belongs to."""
        return {each.object: each.subject for each in self._read if each and isinstance(each.object, BlankNode)}

    def _owner(self, triple: Triple | None) -> str:
        node: object = triple.subject if triple else None
        seen: set[object] = set()
        while isinstance(node, BlankNode) and node not in seen:
            seen.add(node)
            node = self._owners.get(node)
        if not isinstance(node, NamedNode):
            return ""
        one = organisation_of(node.value) if node.value not in self._known.said else None
        return one.value if one is not None and one.value in self._known.said else node.value

    def _renamed(self, triple: Triple) -> Triple:
        """The triple with its blank nodes under the IRIs that they would get as they are written."""
        subject = (
            triple.subject if isinstance(triple.subject, Triple) else self._names.get(triple.subject, triple.subject)
        )
        return Triple(subject, triple.predicate, renamed(triple.object, self._names))

    def _triple(self, line: str) -> Triple | None:
        try:
            found = [each for each in parse(line.encode(), RdfFormat.N_QUADS, lenient=True) if isinstance(each, Quad)]
        except SyntaxError:
            return None
        return found[0].triple if found else None
