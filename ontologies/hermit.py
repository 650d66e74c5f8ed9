"""HermiT, a complete reasoner for OWL 2 DL: which classes nothing can be in, and which lie within which.

HermiT comes with owlready2 and needs Java, which not every machine has. It is a process of its own with a deadline and
a limit to its memory: what a class expression costs to decide is not known beforehand.
"""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

DEADLINE = 60.0
"""Seconds by the clock."""
MEMORY = 512
"""MiB that Java may use for objects."""
_LINE = re.compile(r"^(SubClassOf|EquivalentClasses)\( (<[^\n]*>) \)$", re.MULTILINE)
_NOTHING = "http://www.w3.org/2002/07/owl#Nothing"
_OPTIONS = ("-c", "-O", "-D", "--ignoreUnsupportedDatatypes", "-I")


class ReasonerError(Exception):
    """HermiT gave no answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Classified:
    """What HermiT found: classes by IRI. Of an inconsistent ontology nothing else is known."""

    consistent: bool
    unsatisfiable: frozenset[str] = frozenset()
    within: frozenset[tuple[str, str]] = frozenset()

    def is_within(self, inner: str, outer: str) -> bool:
        """Whether one class lies within another, over any number of steps."""
        seen, waiting = {inner}, [inner]
        while waiting:
            reached = waiting.pop()
            above = {other for one, other in self.within if one == reached} - seen
            seen |= above
            waiting += above
        return outer in seen


def java() -> str | None:
    """Where Java is, None if it is not there."""
    return shutil.which("java")


def classify(statements: bytes, deadline: float = DEADLINE, memory: int = MEMORY) -> Classified:
    """The classes of an ontology in N-Triples, classified; it must import nothing.

    Raises:
        ReasonerError: there is no Java, or HermiT took too much time or memory, or does not understand the ontology.
    """
    program = java()
    if program is None:
        raise ReasonerError("Java is not installed, and HermiT needs it.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ontology.nt")
        path.write_bytes(statements)
        command = [program, f"-Xmx{memory}M", "-cp", _classpath(), "org.semanticweb.HermiT.cli.CommandLine"]
        try:
            done = subprocess.run(
                [*command, *_OPTIONS, path.as_uri()],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=deadline,
                check=False,
                cwd=folder,
            )
        except subprocess.TimeoutExpired:
            raise ReasonerError(f"HermiT had no answer within {deadline:g} seconds.") from None
    return _answer(done)


def _classpath() -> str:
    """HermiT, where owlready2 has it."""
    spec = find_spec("owlready2")
    if spec is None or spec.origin is None:
        raise ReasonerError("owlready2, which HermiT comes with, is not installed.")
    folder = Path(spec.origin).parent / "hermit"
    return f"{folder}:{folder / 'HermiT.jar'}"


def _answer(done: subprocess.CompletedProcess[str]) -> Classified:
    if "Inconsistent ontology" in done.stdout + done.stderr:
        return Classified(consistent=False)
    if done.returncode:
        said = next((line for line in (done.stderr + done.stdout).splitlines() if line.strip()), "no message")
        raise ReasonerError(f"HermiT does not understand the model: {said[:300]}")
    unsatisfiable, within = set[str](), set[tuple[str, str]]()
    for relation, written in _LINE.findall(done.stdout):
        classes = written[1:-1].split("> <")
        if relation == "SubClassOf":
            within.add((classes[0], classes[1]))
        elif _NOTHING in classes:
            unsatisfiable |= {each for each in classes if each != _NOTHING}
        else:
            within |= {(one, other) for one in classes for other in classes if one != other}
    return Classified(consistent=True, unsatisfiable=frozenset(unsatisfiable), within=frozenset(within))
