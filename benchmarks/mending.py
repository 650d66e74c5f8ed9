"""RDF/XML that is not well-formed, mended: CPU seconds by the size of the file, for three ways of being broken.

Usage: python benchmarks/mending.py [MIB ...]   (1, 4 and 16 if none is given)
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from importers.rdf.journal import Journal
from importers.rdf.xml_mending import mend_xml

_HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">\n'
_NODE = '  <skos:Concept rdf:about="https://benk.example/{number}">\n    {label}\n  </skos:Concept>\n'
_WAYS = {
    "a tag that is not closed": '<skos:prefLabel xml:lang="nb">benk {number}',
    "names of characters, loose signs": '<skos:prefLabel xml:lang="nb">krakk&nbsp;& benk {number}</skos:prefLabel>',
    "sections that do not end": "<skos:prefLabel><![CDATA[ benk {number}</skos:prefLabel>",
}


def broken(label: str, size: int) -> str:
    """A file of about `size` bytes, each node of which is broken."""
    node = _NODE.replace("{label}", label)
    count = size // len(node)
    return f"{_HEAD}{''.join(node.replace('{number}', str(number)) for number in range(count))}</rdf:RDF>\n"


if __name__ == "__main__":
    sizes = [float(size) for size in sys.argv[1:]] or [1, 4, 16]
    for name, label in _WAYS.items():
        for size in sizes:
            text, journal = broken(label, int(size * 2**20)), Journal("broken.rdf")
            began = time.process_time()
            mend_xml(text, journal)
            told = len(journal.unread) + len(journal.of_file)
            print(f"{name}: {size:g} MiB, {time.process_time() - began:.1f} s, {told} places told", flush=True)
