"""A record as it is stored, from the text that it came as: its blank nodes under the names that `rdf.skolem` gives."""

from importers.large.records import blank_object
from importers.minting import content_iri
from importers.rdf.skolem import digest_of
from ontologies.namespaces import DCT, EUVOC, RDF

_NOTE = f"{RDF.type} {EUVOC.XlNote} ."
_SOURCE = str(DCT.source)


class Naming:
    """The lines of one record; `tails` are the statements of its nodes, each of them pointed at once."""

    def __init__(self, subject: str, tails: dict[str, list[str]], uri_base: str) -> None:
        self._owner = subject[1:-1]
        self._tails = tails
        self._base = uri_base
        self.lines: dict[str, None] = {}
        self._write(subject, subject)

    def _write(self, node: str, name: str) -> None:
        """Adds the lines of a node under its name, and those beneath."""
        for tail in self._tails[node]:
            line = tail
            if " _:" in tail and (below := blank_object(tail)):
                line = f"{tail.partition(' ')[0]} {self._name(below, tail, node)} ."
            self.lines[f"{name} {line}"] = None

    def _name(self, node: str, pointing: str, owner: str) -> str:
        """The IRI of a blank node, whose lines are added."""
        kind = "nodes"
        if _NOTE in self._tails[node]:
            kind = "definitions"
        elif pointing.startswith(_SOURCE) and _NOTE in self._tails[owner]:
            kind = "sources"
        iri = content_iri(self._base, kind, self._owner, (self._digest(node),))
        name = f"<{iri.value}>"
        self._write(node, name)
        return name

    def _digest(self, node: str) -> str:
        lines = []
        for tail in self._tails[node]:
            if " _:" in tail and (below := blank_object(tail)):
                lines.append(f"{tail.partition(' ')[0]} _:{self._digest(below)}")
            else:
                lines.append(tail[:-2])
        return digest_of(lines)
