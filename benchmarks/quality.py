"""What comparing is worth: ``python benchmarks/quality.py``, against pairs of definitions that people judged.

Two sets: pairs worded for the purpose (tests/registry/harmonisation/pairs.jsonl), and the development half of the
labelled pairs of the folder that SAMSVAR_SHARED names, where there is one. Evidence is measured as it is found; label
and same_score by coefficients that were trained without the fold that a pair is in, never by those that are shipped.

With SAMSVAR_SEMANTIC=true (and the extra samsvar[semantic]) meanings are among what is learned from.

``--queue`` compares all definitions of the register that SAMSVAR_DATA names (a minute for the law and the national
catalogue) and says how many of the first fifty findings were judged worth a drafter's time (queue_judged.tsv), and what
became of exceptions and contradictions that were drawn by lot and judged (evidence_judged.tsv).
"""

import csv
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from registry.harmonisation import labelled
from registry.harmonisation.comparison import allowed, compare, evidence_of
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.findings import find, pair_fingerprint
from registry.harmonisation.labelled import Judged
from registry.harmonisation.reader import definition_records
from registry.harmonisation.records import DefinitionRecord, Finding, Label
from registry.harmonisation.relations import certain_label, likeness, suggest
from registry.harmonisation.scoring.model import LABELS
from registry.harmonisation.scoring.training import figures, held_out
from registry.services import build_services, use_scorer
from registry.settings import Settings

ROOT = Path(__file__).parent.parent
OWN = ROOT / "tests" / "registry" / "harmonisation" / "pairs.jsonl"
JUDGED = ROOT / "benchmarks" / "queue_judged.tsv"
JUDGED_EVIDENCE = ROOT / "benchmarks" / "evidence_judged.tsv"
SHARED = Path(os.environ.get("SAMSVAR_SHARED", ROOT.parent / "shared")) / "data" / "pairs"
_LABELS = {**{label: label for label in LABELS}, "compatible": "harmonisable"}
_JUDGED_KINDS = {
    "ThresholdConflict": "ThresholdDifference",
    "ThresholdOneSided": "ThresholdOneSided",
    "InclusionExclusionContradiction": "InclusionExclusionContradiction",
    "ExceptionConflict": "ExceptionDifference",
    "EnumerationConflict": "EnumerationDifference",
}
"""What the labelled findings call a kind, and what we do."""
_STANDARD = (
    ("kulturminne", "kommune A", "virksomhet B", {"overlapping", "narrower"}, "CharacteristicDifference"),
    ("avløpsvann", "A", "B", {"narrower"}, "CharacteristicDifference"),
    ("gjennomføringsgrad", "A", "B", {"overlapping"}, "CharacteristicDifference"),
    ("heltidsstudent", "A", "B", {"broader"}, "ThresholdDifference"),
)
"""The coordination standard's four examples: term, who says so, the relations that are right, the evidence."""


def main() -> None:
    """Prints everything."""
    use_scorer(Settings())
    sets = {"worded for the purpose": labelled.read(OWN.read_text(encoding="utf-8").splitlines())}
    if SHARED.is_dir():
        for name in ("gold_dev", "labelled_dev"):
            sets[name] = list(_shared(json.loads((SHARED / f"{name}.json").read_text(encoding="utf-8"))["pairs"]))
    else:
        print(f"{SHARED} is not here: only the pairs worded for the purpose are measured.\n")
    labels(sets)
    own_evidence(sets["worded for the purpose"])
    if SHARED.is_dir():
        judged_evidence(json.loads((SHARED / "labelled_dev.json").read_text(encoding="utf-8"))["evidence"])
        standard(json.loads((SHARED / "begrepskoordinering_examples.json").read_text(encoding="utf-8"))["examples"])
    if "--queue" in sys.argv:
        queue()


def _shared(pairs: Iterable[dict[str, Any]]) -> Iterable[Judged]:
    for number, pair in enumerate(pairs, 1):
        if label := _LABELS.get(pair["label"]):
            line = {"id": number, "a": _side(pair["a"]), "b": _side(pair["b"]), "label": label}
            yield from labelled.read([json.dumps(line)])


def _side(side: dict[str, Any]) -> dict[str, str]:
    found = {"term": side["term"], "definition": side["definition"], "language": side.get("lang") or "nb"}
    for name, key in (("publisher", "publisher"), ("subject", "subject"), ("source", "legal_source")):
        if side.get(key):
            found[name] = side[key]
    return found


def labels(sets: dict[str, list[Judged]]) -> None:
    """Four-way labels and same_score, each pair judged by coefficients made without its fold."""
    judged = [
        (name, pair, learned) for name, pairs in sets.items() for pair in pairs if (learned := pair.learned_from())
    ]
    verdicts = held_out([learned for *_, learned in judged])
    rows: dict[str, list[tuple[Label, Label, float]]] = defaultdict(list)
    for (name, pair, _), verdict in zip(judged, verdicts, strict=True):
        label, surely_same = _verdict(pair, verdict.label)
        rows[name].append((pair.label, label, 1.0 if surely_same else verdict.same_score))
    print("four-way labels, held out          pairs  right  off by one at most  AUC same/different")
    for name, found in rows.items():
        wanted, said, scores = zip(*found, strict=True)
        worth = figures(wanted, said, scores)
        print(f"  {name:<32}{worth.pairs:>6}{worth.accuracy:>7.3f}{worth.off_by_at_most_one:>20.3f}{worth.auc:>20.3f}")
    confusion = Counter((wanted, said) for found in rows.values() for wanted, said, _ in found if wanted != said)
    print("  confused:", ", ".join(f"{one} for {other} {count}" for (other, one), count in confusion.most_common(8)))


def _verdict(pair: Judged, learned: Label) -> tuple[Label, bool]:
    """The label of a pair, given what was learned without it, and whether "same" is certain."""
    evidence = evidence_of(pair.a, pair.b)
    kinds = {item.kind for item in evidence}
    relation = suggest(pair.a, pair.b, likeness(pair.a, pair.b), evidence)
    certain = certain_label(pair.a, pair.b, relation, kinds)
    return certain or allowed(pair.a, pair.b, learned, relation, kinds), certain == "same"


def own_evidence(pairs: Sequence[Judged]) -> None:
    """Per kind: of the pairs that must show it how many do, of those that look alike how many wrongly do."""
    present, found, alike, wrong = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for pair in pairs:
        kinds = {item.kind for item in compare(pair.a, pair.b).evidence}
        present.update(pair.evidence)
        found.update(pair.evidence & kinds)
        alike.update(pair.absent)
        wrong.update(pair.absent & kinds)
    print("\nevidence, pairs worded for the purpose   recall       wrongly in look-alikes   precision")
    for kind in sorted({*present, *alike}):
        shown = found[kind] + wrong[kind]
        precision = f"{found[kind] / shown:.2f}" if shown else "-"
        made = "" if kind in KINDS else "  (no such kind yet)"
        counts = f"{found[kind]} of {present[kind]}".rjust(10), f"{wrong[kind]} of {alike[kind]}".rjust(16)
        print(f"  {kind:<36}{counts[0]}{counts[1]}{precision:>18}{made}")
    related = [pair for pair in pairs if pair.relation]
    right = sum(compare(pair.a, pair.b).relation == pair.relation for pair in related)
    print(f"  relations, where one is given: {right} of {len(related)} right")


def judged_evidence(findings: Sequence[dict[str, Any]]) -> None:
    """Of the prototype's findings that a reader judged: how many of the right ones are found, how many wrong ones."""
    print("\nevidence, judged findings of a prototype   right ones found   wrong ones found   precision")
    for theirs, ours in _JUDGED_KINDS.items():
        judged = [finding for finding in findings if finding["kind"] == theirs]
        if ours not in KINDS:
            print(f"  {ours:<44}no such kind yet")
            continue
        hits: list[bool] = []
        for finding in judged:
            sides = [DefinitionRecord(finding["term"], finding[side]["def"]) for side in "ab"]
            if any(item.kind == ours for item in compare(sides[0], sides[1]).evidence):
                hits.append(bool(finding["correct"]))
        right, wrong = sum(hits), len(hits) - sum(hits)
        total = sum(bool(finding["correct"]) for finding in judged)
        precision = f"{right / len(hits):.2f}" if hits else "-"
        print(f"  {ours:<44}{right:>4} of {total:<8}{wrong:>8} of {len(judged) - total:<6}{precision:>9}")


def standard(examples: Sequence[dict[str, Any]]) -> None:
    """The four worked examples of the coordination standard."""
    records = {
        (publisher, label.split("|")[-1]): DefinitionRecord(label.split("|")[-1], text, publisher=publisher)
        for example in examples
        for publisher, label, text, _ in example["records"]
    }
    print("\nthe coordination standard's examples")
    right = 0
    for term, first, second, relations, kind in _STANDARD:
        found = compare(records[first, term], records[second, term])
        ok = found.relation in relations and kind in {item.kind for item in found.evidence}
        right += ok
        print(f"  {term:<20}{found.relation}, {found.label}, {', '.join(item.kind for item in found.evidence)}")
    print(f"  typed right: {right} of {len(_STANDARD)}")


def queue(first: int = 50) -> None:
    """The first findings of a whole register, and what a reader said of them."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    said = {pair: verdict for pair, _, verdict, _ in lines}
    found = find(definition_records(build_services(Settings()).store.reader()))
    shown = found[:first]
    verdicts = Counter(said.get(pair_fingerprint(finding.a, finding.b), "not judged") for finding in shown)
    counts = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())
    print(f"\nthe queue's first {len(shown)}, worth a drafter's time: {counts}")
    exceptions(found)


def exceptions(found: Iterable[Finding]) -> None:
    """Of exceptions and contradictions drawn by lot from a whole register and judged: how many are still found."""
    with JUDGED_EVIDENCE.open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    made = {(pair_fingerprint(one.a, one.b), item.kind) for one in found for item in one.comparison.evidence}
    for kind in sorted({kind for _, kind, *_ in lines}):
        judged = [(right == "yes", (pair, kind) in made) for pair, its, _, _, right, _ in lines if its == kind]
        right = sum(right for right, _ in judged)
        kept, wrong = (sum(still and was is right for was, still in judged) for right in (True, False))
        print(f"{kind}, drawn by lot: {right} of {len(judged)} were right; now {kept} of these, {wrong} of the others")


if __name__ == "__main__":
    main()
