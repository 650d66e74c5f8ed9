"""The national tool's JSON repaired object by object; in each repaired one a member says what was done.

An object is only changed where it says the same afterwards.
"""

from collections.abc import Callable, Iterable
from typing import Any

from importers.base import Batch
from importers.concept_json import subject_iri
from importers.languages import language_tag
from importers.repaired.json_text import CAME, CODES, MARK, indentation, parsed_json, written_json
from importers.repaired.known import OF_THE_FILE, is_repair
from importers.repaired.tables import by_thing
from importers.report import Issue
from importers.texts import mend_text, unpacked

_TERMS = frozenset({"tillattTerm", "frarådetTerm"})
_TEXTS = _TERMS | {
    *("anbefaltTerm", "definisjon", "definisjonForAllmennheten", "definisjonForSpesialister", "merknad", "eksempel"),
    *("fagområde", "bruksområde", "omfang", "begrepsRelasjon"),
}
_NO_TEXTS = frozenset({"uri", "kildebeskrivelse", "relasjon", "relasjonsType", "relatertBegrep"})
"""Members whose values stay as they are: addresses, codes, and sources, which are read as they stand."""
_CODES = "fagområdeKoder"


class RepairedObjects:
    """One document. `read` reads it anew, to see that a change of an object changes nothing that is said.

    Raises:
        UnreadableSourceError: it is broken JSON.
    """

    def __init__(self, text: str, name: str, batch: Batch, read: Callable[[bytes], list[Batch]]) -> None:
        document = parsed_json(text, name)
        self._is_list = isinstance(document, list)
        self._objects: list[Any] = document if self._is_list else [document]
        self._indent = indentation(text)
        self._said = by_thing([batch])
        self._records = {record.where.row: record for record in batch.report.records}
        self._read = read

    def data(self, codes: Iterable[str]) -> bytes:
        """The document with every repair marked; `codes` are those of the file."""
        of_file = [code for code in codes if code in OF_THE_FILE]
        mended = [self._mended(number, members) for number, members in enumerate(self._objects, 1)]
        said = by_thing(self._read(self._written(mended, of_file)))
        for number, (came, now) in enumerate(zip(self._objects, mended, strict=True), 1):
            record = self._records.get(number)
            if now is not came and record and said.get(record.subject) != self._said.get(record.subject):
                mended[number - 1] = came | {MARK: {CODES: _codes(record.issues), "fix": _remedies(record.issues)}}
        return self._written(mended, of_file)

    def _written(self, objects: list[Any], of_file: list[str]) -> bytes:
        if of_file and objects and isinstance(objects[0], dict):
            before = objects[0].get(MARK, {})
            marked = objects[0] | {MARK: before | {CODES: [*of_file, *before.get(CODES, [])]}}
            objects = [marked, *objects[1:]]
        return written_json(objects if self._is_list else objects[0], self._indent).encode()

    def _mended(self, number: int, members: Any) -> Any:
        """An object as it is read; itself where it needs no repair."""
        record = self._records.get(number)
        codes = _codes(record.issues) if record else []
        if not codes or record is None or not isinstance(members, dict):
            return members
        now = {name: _member(name, value) for name, value in members.items() if name != MARK}
        came = {name: value for name, value in members.items() if name != MARK and now[name] != value}
        return now | {MARK: {CODES: codes} | ({CAME: came} if came else {"fix": _remedies(record.issues)})}


def _codes(issues: Iterable[Issue]) -> list[str]:
    return list(dict.fromkeys(one.code for one in issues if is_repair(one.code)))


def _remedies(issues: Iterable[Issue]) -> list[str]:
    return list(dict.fromkeys(one.fix for one in issues if is_repair(one.code)))


def _member(name: str, value: Any) -> Any:
    if name == _CODES and isinstance(value, list):
        return [_subject(code) for code in value]
    return _texts(value, packed=name in _TERMS) if name in _TEXTS else value


def _subject(code: Any) -> Any:
    """A subject code as an IRI, if it is one of the tool's own."""
    return subject_iri(code) or code if isinstance(code, str) else code


def _texts(value: Any, *, packed: bool) -> Any:
    """The texts in a value in order, their languages as they are stored; packed terms become a list."""
    if isinstance(value, str):
        parts = [_plain(part) for part in (unpacked(value.strip()) if packed else [value])]
        return parts[0] if len(parts) == 1 else parts
    if isinstance(value, list):
        made = [_texts(each, packed=packed) for each in value]
        return [one for each in made for one in (each if packed and isinstance(each, list) else [each])]
    if not isinstance(value, dict):
        return value
    mended: dict[str, Any] = {}
    for name, inner in value.items():
        tag = name if name in _NO_TEXTS else language_tag(name)
        key = tag if tag != name.lower() and tag not in value else name
        mended[key] = inner if name in _NO_TEXTS else _texts(inner, packed=packed)
    return mended


def _plain(text: str) -> str:
    mended = mend_text(text)
    return mended.text.strip() if mended.codes else text
