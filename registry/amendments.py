"""Acts as they read now: what an import brings or changes, with the amendments that are in force.

The newest text of an act counts, whichever came first; amendments that it does not include are applied to it. So the
order does not matter in which an act and its amendments come in, and importing either again changes nothing.

Reads: arrivals; the acts and amendments that are held. Writes: nothing (`registry.storing` stores the outcome).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from pyoxigraph import Literal, NamedNode, Quad, Triple

from importers.base import Batch
from importers.issues import issue
from importers.law.amendment_triples import HeldAmendment, amendments_among, belongs_to_amendment, is_amendment
from importers.law.consolidation import Outcome, consolidate
from importers.law.earlier_versions import carried_over
from importers.law.held_text import HeldText
from importers.law.identifiers import Refid, parse_refid, refid_of_path
from importers.report import ImportReport, RecordReport
from ontologies.namespaces import DCT, ELI, SAMSVAR
from registry.arrivals import Arrival
from registry.law_texts import newer_than, with_triples
from registry.urls import Urls
from sparql.store import Reader

_ISSUES = {
    "applied": "amendment-applied",
    "included": "amendment-included",
    "waiting": "amendment-waiting",
    "undated": "amendment-undated",
    "unsure": "amendment-unsure",
}


def today() -> date:
    """The day that decides what is in force."""
    return datetime.now(UTC).date()


class CurrentLaw:
    """The law that an import touches: `arrivals` are all that arrive."""

    def __init__(self, reader: Reader, urls: Urls, arrivals: Iterable[Arrival] = ()) -> None:
        self._reader = reader
        self._urls = urls
        self._today = today()
        self._arriving: set[NamedNode] = set()
        self._kept: dict[NamedNode, list[Triple]] = {}
        self._amendments: dict[NamedNode, list[HeldAmendment]] = {}
        self._changed: dict[NamedNode, Arrival] = {}
        self._records: dict[str, RecordReport] = {}
        for arrival in arrivals:
            refid = _refid(arrival)
            if refid is not None:
                self._expect(refid, arrival)

    def _expect(self, refid: Refid, arrival: Arrival) -> None:
        """Takes note of an act that arrives, and of what it changes in others or has changed in them so far.

        A consolidated text leaves out what the act changed in others; then that is kept as it is held.
        """
        graph = self._urls.graph("law", refid.graph)
        self._arriving.add(graph)
        held = self.amended(graph)
        records = {each.subject: each for each in arrival.batch.report.records if is_amendment(each.subject)}
        if records:
            own = list(filter(belongs_to_amendment, arrival.triples()))
        else:
            own = self._kept[graph] = list(filter(belongs_to_amendment, self._triples(graph))) if held else []
        self._records |= records
        for amendment in amendments_among(own):
            if amendment.act is not None:
                self._amendments.setdefault(amendment.act, []).append(amendment)
                self._changed.setdefault(amendment.act, arrival)
        for act in held:
            self._changed.setdefault(act, arrival)

    def now(self, arrival: Arrival) -> Arrival:
        """What is to be held of an arrival: of an act its newest text with its amendments, of all else the arrival."""
        refid = _refid(arrival)
        if refid is None:
            return arrival
        graph = self._urls.graph("law", refid.graph)
        old = self._triples(graph)
        act = self._act(refid)
        amendments = self._amendments_of(act)
        if not old and not amendments:
            return arrival
        arrival = with_triples(arrival, (*arrival.triples(), *self._kept.get(graph, ())))
        if old and newer_than(old, self._form(graph), arrival):
            arrival = self._older(arrival, old)
        elif old:
            arrival = self._with_earlier_texts(act, arrival, old, amendments)
        return self._consolidated(act, arrival, amendments)

    def _with_earlier_texts(
        self, act: NamedNode, arrival: Arrival, old: list[Triple], amendments: list[HeldAmendment]
    ) -> Arrival:
        """The arrival with what its sections read before amendments that it includes, as far as that is held."""
        if not amendments and not any(triple.predicate == DCT.hasVersion for triple in old):
            return arrival
        held, text = HeldText(act, old), HeldText(act, arrival.triples())
        return with_triples(arrival, (*text.triples, *carried_over(self._urls.base, held, text, amendments)))

    def further(self) -> Iterator[Arrival]:
        """Acts that are held and do not arrive, but are changed by what does."""
        for act, cause in self._changed.items():
            refid = _refid_of(act)
            if refid is None or self._urls.graph("law", refid.graph) in self._arriving:
                continue
            found = self._held(refid, act, cause)
            if found is not None:
                yield found
            for amendment in self._amendments.get(act, ()) if found is None else ():
                self._tell(amendment, "amendment-not-held", act.value)

    def amended(self, graph: NamedNode | None = None) -> list[NamedNode]:
        """The acts that the documents held change, or the one document in `graph`."""
        found = (quad.object for quad in self._amended_acts(graph=graph))
        return sorted({act for act in found if isinstance(act, NamedNode)}, key=str)

    def again(self, acts: Iterable[NamedNode]) -> Iterator[Arrival]:
        """Those of some acts that are held, as they read today."""
        for act in acts:
            refid = _refid_of(act)
            found = self._held(refid, act, None) if refid is not None else None
            if found is not None:
                yield found

    def _held(self, refid: Refid, act: NamedNode, cause: Arrival | None) -> Arrival | None:
        """An act that is held as it reads now, brought by `cause`; None where it is not held."""
        graph = self._urls.graph("law", refid.graph)
        triples = self._triples(graph)
        if not triples:
            return None
        text = HeldText(act, triples)
        title = text.text(act, ELI.title_short) or text.text(act, DCT.title)
        source = cause.source if cause is not None else "amendments that are held"
        report = ImportReport(refid.graph, source, self._form(graph), [RecordReport(act.value)])
        batch = Batch(refid.graph, "law", title, "", tuple(triples), report)
        arrival = Arrival(batch, source, cause.files if cause is not None else ())
        return self._consolidated(act, arrival, self._amendments_of(act))

    def _older(self, arrival: Arrival, held: list[Triple]) -> Arrival:
        """The text that is held in place of an older one that arrives; what that changes in others is taken."""
        report = arrival.batch.report
        report.issues.append(issue("older-text", arrival.source))
        own = [triple for triple in arrival.triples() if belongs_to_amendment(triple)]
        kept = [triple for triple in held if not belongs_to_amendment(triple)]
        known = {triple.subject.value for triple in kept if isinstance(triple.subject, NamedNode)}
        for record in report.records:
            if not is_amendment(record.subject):
                record.status = "unchanged" if record.subject in known else "skipped"
        return with_triples(arrival, (*kept, *own))

    def _consolidated(self, act: NamedNode, arrival: Arrival, amendments: list[HeldAmendment]) -> Arrival:
        """The arrival with amendments applied; with none, and none before, it is as it was."""
        made = consolidate(self._urls.base, act, arrival.triples(), amendments, self._today)
        for outcome in made.outcomes:
            self._report(outcome, arrival.batch)
        stored = {triple.subject.value for triple in made.triples if isinstance(triple.subject, NamedNode)}
        for record in arrival.batch.report.records:
            if record.status == "stored" and record.subject not in stored:
                record.status = "skipped"
                record.issues.append(issue("definition-amended", where=record.where))
        return with_triples(arrival, made.triples)

    def _report(self, outcome: Outcome, batch: Batch) -> None:
        """Says on the amendment's record what became of it; on the act's where the amendment was held before."""
        said = outcome.reason or outcome.amendment.in_force
        code = _ISSUES[outcome.status]
        if outcome.amendment.node.value in self._records:
            self._tell(outcome.amendment, code, said)
        elif outcome.status in {"applied", "unsure"} and self._urls.graph("law", batch.catalogue) in self._arriving:
            record = batch.report.records[0]
            written = f"{outcome.amendment.amendment.instruction} ({said})"
            record.issues.append(issue(code, written, record.where))

    def _tell(self, amendment: HeldAmendment, code: str, value: str) -> None:
        record = self._records.get(amendment.node.value)
        if record is not None:
            record.issues.append(issue(code, value, record.where))

    def _act(self, refid: Refid) -> NamedNode:
        return NamedNode(f"{self._urls.base}/legislation/{refid.path}")

    def _amendments_of(self, act: NamedNode) -> list[HeldAmendment]:
        """Those that arrive, and those that are held in documents that do not."""
        found = list(self._amendments.get(act, ()))
        for quad in self._amended_acts(act=act):
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and isinstance(quad.subject, NamedNode) and graph not in self._arriving:
                about = self._reader.quads(subject=quad.subject, graph=graph)
                found += amendments_among(each.triple for each in about)
        return found

    def _amended_acts(self, act: NamedNode | None = None, graph: NamedNode | None = None) -> list[Quad]:
        return list(self._reader.quads(predicate=SAMSVAR.amendedAct, object=act, graph=graph))

    def _triples(self, graph: NamedNode) -> list[Triple]:
        return [quad.triple for quad in self._reader.quads(graph=graph)]

    def _form(self, graph: NamedNode) -> str:
        """The importer that the held text came through."""
        provenance = self._urls.provenance
        for link in self._reader.quads(graph, SAMSVAR["import"], None, provenance):
            if isinstance(link.object, NamedNode):
                for said in self._reader.quads(link.object, SAMSVAR.format, None, provenance):
                    return said.object.value if isinstance(said.object, Literal) else ""
        return ""


def _refid(arrival: Arrival) -> Refid | None:
    return parse_refid(arrival.batch.catalogue) if arrival.batch.kind == "law" else None


def _refid_of(act: NamedNode) -> Refid | None:
    return refid_of_path(act.value.rpartition("/legislation/")[2])
