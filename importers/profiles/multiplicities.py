"""How often a property of a model may stand: a number, or ``*`` for any number."""

from pyoxigraph import Literal

from importers.rdf.journal import Journal
from importers.rdf.triples import TripleIndex
from ontologies.namespaces import MODELLDCATNO

_LIMITS = (MODELLDCATNO.minOccurs, MODELLDCATNO.maxOccurs)
_ANY_NUMBER = "*"
_NO_LIMIT = frozenset({"unbounded", "-1", "m", "∞", "ubegrenset", "uendelig", "0..*", "1..*", "0..n", "1..n"})
"""Other ways in which that is written; the profile has ``n`` too, which is kept."""


def mend_multiplicities(index: TripleIndex, journal: Journal) -> None:
    """Writes an upper limit that is none as ``*``, and leaves out limits that say nothing."""
    if not index.says_any(_LIMITS):
        return
    for subject in index.subjects():
        for limit in _LIMITS:
            for value in index.literals(subject, limit):
                written = value.value.strip()
                if not written:
                    index.remove(subject, limit, value)
                    journal.note(subject, "empty-value", limit.value)
                elif limit == MODELLDCATNO.maxOccurs and written.lower() in _NO_LIMIT:
                    index.remove(subject, limit, value)
                    index.add(subject, limit, Literal(_ANY_NUMBER))
                    journal.note(subject, "multiplicity-mended", written)
