"""Archives: what comes out, and what is refused."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from importers.archives import expand
from importers.base import Source, UnreadableSourceError

MIB = 2**20


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def expanded(data: bytes, limit: int = 10 * MIB) -> dict[str, bytes]:
    return {source.name: source.data for source in expand(Source("arkiv.x", data), limit)}


MEMBERS = {"a.ttl": b"<http://a> a <http://b> .", "mappe/b.csv": b"x;y"}


@pytest.mark.parametrize(
    "make", [zipped, tarred, *(lambda members, m=mode: tarred(members, m) for mode in ("w:gz", "w:bz2", "w:xz"))]
)
def test_archives_are_told_by_content(make: object) -> None:
    assert expanded(make(MEMBERS)) == {"arkiv.x/a.ttl": MEMBERS["a.ttl"], "arkiv.x/mappe/b.csv": b"x;y"}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_packed_file(pack: object) -> None:
    (source,) = expand(Source("sti/katalog.ttl.gz", pack(b"data")), MIB)
    assert source == Source("sti/katalog.ttl.gz/katalog.ttl", b"data")


def test_a_plain_file_is_itself() -> None:
    source = Source("a.ttl", b"<http://a> a <http://b> .")
    assert expand(source, MIB) == [source]


def test_a_workbook_stays_one_source() -> None:
    source = Source("bok.zip", zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}))
    assert expand(source, MIB) == [source]


def test_an_archive_in_an_archive_is_opened_once() -> None:
    inner = zipped({"a.ttl": b"a"})
    assert expanded(zipped({"inni.zip": inner})) == {"arkiv.x/inni.zip/a.ttl": b"a"}
    with pytest.raises(UnreadableSourceError, match="archives within archives"):
        expanded(zipped({"ytre.zip": zipped({"inni.zip": inner})}))


def test_paths_are_names_and_never_lead_out() -> None:
    names = set(expanded(zipped({"../../etc/passwd": b"x", "/rot.ttl": b"y", "a\\..\\b.ttl": b"z"})))
    assert names == {"arkiv.x/etc/passwd", "arkiv.x/rot.ttl", "arkiv.x/a/b.ttl"}


def test_links_and_what_systems_leave_behind_are_passed_over() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        link = tarfile.TarInfo("lenke.ttl")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("a.ttl")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"a"))
    assert expanded(stream.getvalue()) == {"arkiv.x/a.ttl": b"a"}
    assert set(expanded(zipped({"a.ttl": b"a", "__MACOSX/._a.ttl": b"x", ".DS_Store": b"x"}))) == {"arkiv.x/a.ttl"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"bombe.ttl": b"\0" * (9 * MIB)}), "packed more than"),
        (gzip.compress(b"\0" * (9 * MIB)), "packed more than"),
        (zipped({f"{number}.ttl": bytes(range(256)) * 2**11 for number in range(30)}), "larger than"),
        (zipped({str(number): b"" for number in range(10_001)}), "more than 10000 files"),
        (zipped({}), "no files"),
        (zipped(MEMBERS)[:60], "cannot be opened"),
        (tarred(MEMBERS, "w:gz")[:60], "cannot be opened"),
        (lzma.compress(b"data" * 100)[:40], "cannot be opened"),
        (b"x" * (11 * MIB), "larger than 10 MiB"),
    ],
    ids=["zip bomb", "gzip bomb", "too large", "too many", "empty", "cut zip", "cut tar", "cut xz", "large file"],
)
def test_what_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError, match=said) as raised:
        expanded(data)
    assert raised.value.fix


def test_a_sparse_tar_cannot_grow() -> None:
    info = tarfile.TarInfo("stor.ttl")
    info.size = 2**40
    with pytest.raises(UnreadableSourceError, match="larger than the archive"):
        expanded(info.tobuf(tarfile.GNU_FORMAT) + b"\0" * 10240)
