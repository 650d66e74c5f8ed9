"""What the columns of somebody's own table hold: a small TOML file, checked, that a person writes or confirms.

```toml
publisher = "999000009"
language = "nb"

[columns]
"Ord" = "anbefalt_term"
"Forklaring" = "definisjon"
"Synonymer" = { field = "tillatt_term", separator = "," }
"Nr." = { field = "id", prefix = "https://ord.example/begrep/" }
"Internt" = "-"
```

Fields are the headers of the national registration tool's table (docs/formats.md); ``-`` passes a column over.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from importers.concepts.table_columns import DEFAULT_LANGUAGE, FIELD_NAMES, LANGUAGE_TAG, Column, read_column

PASSED_OVER = "-"
_KEYS = frozenset({"title", "publisher", "language", "sheet", "header_row", "columns"})
_COLUMN_KEYS = frozenset({"field", "separator", "prefix"})
_DIGITS = 9
_SEPARATOR = "|"


class MappingError(Exception):
    """A mapping that cannot be used; says what is wrong and how to mend it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(f"{message} {fix}")
        self.message = message
        self.fix = fix


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column by its header. `field` is a header of the national table, with or without language, or ``-``."""

    header: str
    field: str
    separator: str = _SEPARATOR
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a table holds. `header_row` counts from one; None looks for it, 0 says that columns are named A, B, C.

    `language` is that of fields that name none; `sheet` names the sheet of a workbook, "" for the first that fits.
    """

    columns: tuple[MappedColumn, ...]
    language: str = DEFAULT_LANGUAGE
    title: str = ""
    publisher: str = ""
    sheet: str = ""
    header_row: int | None = None

    def __post_init__(self) -> None:
        """Checks the whole.

        Raises:
            MappingError: says what is wrong.
        """
        _check_language(self.language)
        for column in self.columns:
            _check_column(column)
        if not any(self._read(0, one).field == "preferred" for one in self.columns):
            raise MappingError(
                "The mapping names no column with the term.", 'Give one column the field "anbefalt_term".'
            )
        if self.publisher and not (self.publisher.isdecimal() and len(self.publisher) == _DIGITS):
            raise MappingError(
                f"The publisher “{self.publisher}” is no organisation number.",
                "Write its nine digits in quotation marks.",
            )

    def column(self, index: int, header: str) -> Column | None:
        """What the mapping says of a column of the table, None if nothing."""
        for one in self.columns:
            if one.header.strip().casefold() == header.strip().casefold():
                return self._read(index, one)
        return None

    def _read(self, index: int, one: MappedColumn) -> Column:
        if one.field == PASSED_OVER:
            return Column(index, one.header, "passed_over")
        known = read_column(index, one.field)
        language = self.language if known.assumed else known.language
        return Column(index, one.header, known.field, language, separator=one.separator, prefix=one.prefix)


def mapping_from_toml(text: str) -> TableMapping:
    """The mapping that a TOML file holds.

    Raises:
        MappingError: it is no TOML, or says something that cannot be used.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"The mapping is no TOML: {error}.", "Mend it there.") from error
    _refuse_unknown(document, _KEYS, "The mapping")
    columns = document.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise MappingError(
            "The mapping has no [columns].", 'Write [columns] and below it a line for each: "Ord" = "…".'
        )
    row = document.get("header_row")
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 0):
        raise MappingError(f"header_row is {row!r}.", "Write the number of the row, counted from 1, or 0 for none.")
    return TableMapping(
        tuple(_column_from_toml(header, said) for header, said in columns.items()),
        language=_text(document, "language") or DEFAULT_LANGUAGE,
        title=_text(document, "title"),
        publisher="".join(_text(document, "publisher").split()),
        sheet=_text(document, "sheet"),
        header_row=row,
    )


def mapping_as_toml(mapping: TableMapping, remarks: Mapping[str, str] | None = None) -> str:
    """The mapping as a TOML file; `remarks` are comments by header, such as why a column was guessed."""
    lines = [
        f"{key} = {_quoted(value)}"
        for key, value in (
            ("title", mapping.title),
            ("publisher", mapping.publisher),
            ("language", mapping.language),
            ("sheet", mapping.sheet),
        )
        if value
    ]
    lines += [f"header_row = {mapping.header_row}"] if mapping.header_row is not None else []
    lines += ["", "[columns]"]
    for column in mapping.columns:
        remark = (remarks or {}).get(column.header, "")
        lines.append(f"{_quoted(column.header)} = {_column_as_toml(column)}" + (f"  # {remark}" if remark else ""))
    return "\n".join(lines) + "\n"


def _column_as_toml(column: MappedColumn) -> str:
    parts = [f"field = {_quoted(column.field)}"]
    parts += [f"separator = {_quoted(column.separator)}"] if column.separator != _SEPARATOR else []
    parts += [f"prefix = {_quoted(column.prefix)}"] if column.prefix else []
    return f"{{ {', '.join(parts)} }}" if len(parts) > 1 else _quoted(column.field)


def _quoted(text: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _column_from_toml(header: str, said: object) -> MappedColumn:
    if isinstance(said, str):
        return MappedColumn(header, said)
    if not isinstance(said, dict):
        raise MappingError(f"The column “{header}” is {said!r}.", "Write its field as a text in quotation marks.")
    _refuse_unknown(said, _COLUMN_KEYS, f"The column “{header}”")
    field, separator, prefix = _text(said, "field"), _text(said, "separator", _SEPARATOR), _text(said, "prefix")
    return MappedColumn(header, field, separator, prefix)


def _refuse_unknown(document: Mapping[str, Any], known: Iterable[str], what: str) -> None:
    for key in document:
        if key not in known:
            raise MappingError(f"{what} has “{key}”, which means nothing.", f"Known are {', '.join(sorted(known))}.")


def _text(document: Mapping[str, Any], key: str, default: str = "") -> str:
    value = document.get(key, default)
    if not isinstance(value, str):
        raise MappingError(f"{key} is {value!r}, not a text.", "Write it in quotation marks.")
    return value


def _check_language(language: str) -> None:
    if not LANGUAGE_TAG.fullmatch(language):
        raise MappingError(f"“{language}” is no language.", "Write nb, nn, en or another tag.")


def _check_column(column: MappedColumn) -> None:
    if not column.separator:
        raise MappingError(
            f"The separator of “{column.header}” is empty.", "Write the sign that stands between values."
        )
    if column.field == PASSED_OVER or read_column(0, column.field).field:
        return
    near = get_close_matches(column.field.partition(":")[0].casefold(), FIELD_NAMES, n=1)
    hint = f"Do you mean “{near[0]}”? " if near else ""
    raise MappingError(
        f"The column “{column.header}” has the field “{column.field}”, which is not known.",
        f"{hint}Fields are {', '.join(FIELD_NAMES)}, and - for a column to pass over.",
    )
