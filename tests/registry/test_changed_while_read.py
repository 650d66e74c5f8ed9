"""A file that changes while it is read is not stored: what was read of it and what would be kept may differ."""

from pathlib import Path

import pytest

from importers.base import FileOnDisk, Source
from registry import pipeline
from registry.arrivals import Spool
from registry.services import Services

TURTLE = b'@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <https://sko.example/sal> a skos:Concept ; skos:prefLabel "s"@nb .\n'


def test_nothing_of_it_is_stored_and_the_reason_is_told(services: Services, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "sko.ttl"
    file.write_bytes(TURTLE)
    source = Source("sko.ttl", FileOnDisk.at(file))
    keep = Spool.keep

    def kept_late(spool: Spool, content):
        file.write_bytes(TURTLE + b"\n")
        return keep(spool, content)

    with monkeypatch.context() as patched:
        patched.setattr(Spool, "keep", kept_late)
        outcome = pipeline.run(services, pipeline.Request([source]))
    (error,) = outcome.unreadable
    assert (str(error), outcome.reports) == (
        "sko.ttl: The file was changed while it was read; nothing of it was stored. Import it again.",
        [],
    )
    again = pipeline.run(services, pipeline.Request([Source("sko.ttl", FileOnDisk.at(file))]))
    assert again.counts["stored"] == 1


@pytest.mark.parametrize("size", [100, 40 * 2**20])
def test_a_file_on_disk_is_kept_as_it_came(services: Services, tmp_path: Path, size: int) -> None:
    file = tmp_path / "sko.ttl"
    file.write_bytes(TURTLE + b"\n" * size)
    outcome = pipeline.run(services, pipeline.Request([Source("sko.ttl", FileOnDisk.at(file))]))
    assert outcome.counts["stored"] == 1
    blobs = services.blobs
    assert file.read_bytes() in [blobs.get(digest) for digest in blobs]
