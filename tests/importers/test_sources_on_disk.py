"""Sources that lie on disk: told by their beginnings, read where they are, and the same as in memory."""

import gzip
from pathlib import Path

import pytest

from importers import IMPORTERS, importer_for
from importers.archives import expand
from importers.base import FileOnDisk, ImportOptions, Source
from importers.child import read_isolated

OPTIONS = ImportOptions("http://localhost:8000")
TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://sko.example/begrep/sal> a skos:Concept ; skos:prefLabel "såle"@nb .
""".encode()
TABLE = "anbefalt_term:nb;definisjon:nb\nsåle;underside av sko\n".encode()


def on_disk(folder: Path, name: str, data: bytes) -> Source:
    place = folder / name
    place.write_bytes(data)
    return Source(name, FileOnDisk.at(place))


@pytest.mark.parametrize(("name", "data"), [("sko.ttl", TURTLE), ("sko.csv", TABLE), ("tom.ttl", b"")])
def test_it_is_what_it_is_in_memory(tmp_path: Path, name: str, data: bytes) -> None:
    source, same = on_disk(tmp_path, name, data), Source(name, data)
    assert (source.data, source.size, b"".join(source.pieces())) == (data, len(data), data)
    assert source.head(10) == same.head(10) == data[:10]
    assert [each.recognises(source) for each in IMPORTERS] == [each.recognises(same) for each in IMPORTERS]


@pytest.mark.parametrize(("name", "data"), [("sko.ttl", TURTLE), ("sko.csv", TABLE)])
def test_the_child_reads_it_where_it_lies(tmp_path: Path, name: str, data: bytes) -> None:
    assert read_isolated(on_disk(tmp_path, name, data), OPTIONS) == read_isolated(Source(name, data), OPTIONS)


def test_an_archive_on_disk_is_opened(tmp_path: Path) -> None:
    (member,) = expand(on_disk(tmp_path, "sko.ttl.gz", gzip.compress(TURTLE)), 2**20)
    assert (member.name, member.data) == ("sko.ttl.gz/sko.ttl", TURTLE)
    assert importer_for(member).name == "rdf"


def test_a_file_that_changes_is_noticed(tmp_path: Path) -> None:
    source = on_disk(tmp_path, "sko.ttl", TURTLE)
    assert source.is_as_it_was()
    (tmp_path / "sko.ttl").write_bytes(TURTLE + b"\n")
    assert not source.is_as_it_was()
