"""How often the rules for definitions are right: ``python benchmarks/definition_rules.py``.

Imports the real catalogues of the folder that SAMSVAR_SHARED names into a register of its own, and says rule by rule
how many findings there are, how many were drawn and judged (rules_judged.tsv), and how many of those the rules still
find. With ``--draw N --seed S`` it prints N findings that nobody has judged, to be judged: as evenly of all rules as
there are findings. ``--law`` is of the definitions of the register that SAMSVAR_DATA names, acts and all.
"""

import argparse
import csv
import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from importers.base import FileOnDisk, Source
from registry import pipeline
from registry.definition_rules.base import RuleFinding, rule_texts
from registry.definition_rules.checking import check_all
from registry.harmonisation.reader import definition_records
from registry.harmonisation.records import DefinitionRecord
from registry.services import build_services
from registry.settings import Settings

ROOT = Path(__file__).parent.parent
JUDGED = ROOT / "benchmarks" / "rules_judged.tsv"
SHARED = Path(os.environ.get("SAMSVAR_SHARED", ROOT.parent / "shared")) / "data" / "catalogues"
CATALOGUES = (
    "fdk_concepts_2020-03-29.json",
    "brreg_data.brreg.no_begrep.ttl",
    "nav_begreper_2019-09.ttl",
    "arkivverket_fdk.ttl",
    "standardnorge_tbx.xml",
)


def identity(finding: RuleFinding) -> str:
    """The same for the same rule, concept and text, whatever register holds them."""
    record = finding.record
    said = f"{finding.rule.code}\n{record.concept}\n{record.language}\n{record.text}"
    return sha256(said.encode()).hexdigest()[:16]


def of_catalogues() -> list[DefinitionRecord]:
    """The definitions of the real catalogues."""
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(data=Path(folder), uri_base="https://samsvar.example"))
        files = [SHARED / name for name in CATALOGUES]
        pipeline.run(services, pipeline.Request([Source(file.name, FileOnDisk.at(file)) for file in files]))
        return definition_records(services.store.reader())


def of_law() -> list[DefinitionRecord]:
    """The definitions of acts in the register that SAMSVAR_DATA names."""
    return [record for record in definition_records(build_services(Settings()).store.reader()) if record.statutory]


def drawn(findings: dict[str, RuleFinding], number: int, seed: int) -> Iterator[tuple[str, RuleFinding]]:
    """That many, one of each rule in turn, in an order that the seed gives."""
    by_rule: dict[str, list[str]] = defaultdict(list)
    for key in sorted(findings):
        by_rule[findings[key].rule.code].append(key)
    lots = [
        random.Random(f"{seed} {code}").sample(keys, len(keys))  # noqa: S311 - a draw, no secret
        for code, keys in sorted(by_rule.items())
    ]
    turns = (key for turn in zip_longest(*lots) for key in turn if key)
    for key, _ in zip(turns, range(number), strict=False):
        yield key, findings[key]


def show(found: Iterable[tuple[str, RuleFinding]]) -> None:
    """What a reader judges by."""
    for key, finding in found:
        record = finding.record
        print(f"{key} {finding.rule.code}\n  {record.term}: {record.text}\n  -> {finding.explanations['nb']}")
        if finding.mended:
            print(f"  => {finding.mended}")


def precision(findings: dict[str, RuleFinding], judged: list[dict[str, str]]) -> None:
    """A line a rule: what was judged as it was found (and mended) then, and of that what is found still."""
    there = Counter(finding.rule.code for finding in findings.values())
    print(f"{'rule':22}{'findings':>9}{'judged':>8}{'right':>7}{'still found':>13}{'right':>7}{'texts mended':>14}")
    for code in rule_texts():
        of_rule = [each for each in judged if each["rule"] == code]
        still = [each for each in of_rule if each["id"] in findings]
        right, right_still = (sum(each["right"] == "yes" for each in some) for some in (of_rule, still))
        mended = [each["mended"] for each in of_rule if each["mended"]]
        texts = f"{mended.count('yes')} of {len(mended)}" if mended else ""
        print(f"{code:22}{there[code]:9}{len(of_rule):8}{right:7}{len(still):13}{right_still:7}{texts:>14}")
    for seed in dict.fromkeys(each["seed"] for each in judged):
        drawn_then = [each["right"] for each in judged if each["seed"] == seed]
        print(f"seed {seed}: {drawn_then.count('yes')} of {len(drawn_then)} right as found when drawn")


def main() -> None:
    """Draws, or prints the precision."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--rule", default="", help="Draw of this rule alone.")
    parser.add_argument("--law", action="store_true")
    asked = parser.parse_args()
    of = "law" if asked.law else "catalogues"
    with JUDGED.open(encoding="utf-8") as file:
        judged = [each for each in csv.DictReader(file, delimiter="\t") if each["of"] == of]
    findings = {identity(each): each for each in check_all(of_law() if asked.law else of_catalogues())}
    if asked.draw:
        fresh = findings.keys() - {each["id"] for each in judged}
        chosen = {key: findings[key] for key in fresh if asked.rule in ("", findings[key].rule.code)}
        show(drawn(chosen, asked.draw, asked.seed))
    else:
        precision(findings, judged)


if __name__ == "__main__":
    main()
