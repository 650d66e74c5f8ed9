"""The form on which somebody says what the columns of a table hold: filled from a guess, read, checked.

A form of fields that the page offers is all that is expected; what cannot be used is told beside the field.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from importers.concepts.table_columns import LANGUAGE_TAG
from importers.table_mapping import PASSED_OVER, MappedColumn, TableMapping
from importers.table_sketch import TableSketch
from registry.views.table_fields import LABELS, LANGUAGES, SEPARATORS, TERM, has_language

_LONGEST = 500
_DIGITS = 9
_ONCE = frozenset(
    {TERM, "id", "originalt_begrep", "gyldig_fom", "gyldig_tom", "versjon", "status"}
    | {"kontaktpunkt:epost", "kontaktpunkt:telefon"}
)
"""Fields of which a concept has one value; the term has one in each language."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column as the form shows it. `field` has no language behind it; `separator` is a key of SEPARATORS."""

    header: str
    field: str = PASSED_OVER
    language: str = "nb"
    separator: str = "bar"
    prefix: str = ""

    def mapped(self) -> MappedColumn:
        """The column of the mapping."""
        named = f"{self.field}:{self.language}" if has_language(self.field) else self.field
        return MappedColumn(self.header, named, SEPARATORS[self.separator][0], self.prefix)


@dataclass(frozen=True, slots=True)
class TableForm:
    """The whole form. `errors` are by the id of the field on the page."""

    columns: tuple[FormColumn, ...]
    title: str
    publisher: str
    errors: Mapping[str, str]

    def mapping(self, sheet: str, header_row: int | None) -> TableMapping:
        """The mapping that it says; only of a form without errors."""
        columns = tuple(column.mapped() for column in self.columns)
        return TableMapping(columns, title=self.title, publisher=self.publisher, sheet=sheet, header_row=header_row)


def guessed(sketch: TableSketch, publisher: str) -> TableForm:
    """The form as it is shown first."""
    return TableForm(tuple(map(_from_guess, sketch.columns)), "", publisher, {})


def read_form(sent: Mapping[str, str], sketch: TableSketch, publisher: str) -> TableForm:
    """What somebody sent; `publisher` is the organisation of the token, "" where the form asks for it."""
    columns = tuple(_sent_column(sent, number, each.header) for number, each in enumerate(sketch.columns))
    title = sent.get("title", "").strip()
    asked = publisher or "".join(sent.get("publisher", "").split())
    errors = dict(_column_errors(columns)) | dict(_other_errors(title, asked))
    return TableForm(columns, title, asked, errors)


def _from_guess(column: MappedColumn) -> FormColumn:
    field, _, language = column.field.rpartition(":")
    signs = {sign: name for name, (sign, _) in SEPARATORS.items()}
    separator = signs.get(column.separator, "bar")
    if field in LABELS and LANGUAGE_TAG.fullmatch(language):
        return FormColumn(column.header, field, language, separator, column.prefix)
    return FormColumn(column.header, column.field, separator=separator, prefix=column.prefix)


def _sent_column(sent: Mapping[str, str], number: int, header: str) -> FormColumn:
    field = sent.get(f"field-{number}", PASSED_OVER)
    language = sent.get(f"language-{number}", "nb")
    separator = sent.get(f"separator-{number}", "bar")
    return FormColumn(
        header,
        field if field in LABELS else PASSED_OVER,
        language if language in LANGUAGES else "nb",
        separator if separator in SEPARATORS else "bar",
        sent.get(f"prefix-{number}", "").strip(),
    )


def _column_errors(columns: tuple[FormColumn, ...]) -> Iterator[tuple[str, str]]:
    if all(column.field != TERM for column in columns):
        yield "field-0", gettext("No column holds the recommended term: choose the one that does.")
    held = [(each.field, each.language if each.field == TERM else "") for each in columns]
    often = Counter(held)
    for number, (column, what) in enumerate(zip(columns, held, strict=True)):
        if column.field in _ONCE and often[what] > 1:
            label = LABELS[column.field]
            yield (
                f"field-{number}",
                gettext(
                    "Column “%(column)s”: several columns hold “%(field)s”, and a concept has one.",
                    column=column.header,
                    field=label,
                ),
            )
        if len(column.prefix) > _LONGEST or not column.prefix.isprintable():
            yield f"prefix-{number}", gettext("Column “%(column)s”: the beginning is too long.", column=column.header)


def _other_errors(title: str, publisher: str) -> Iterator[tuple[str, str]]:
    if len(title) > _LONGEST or not title.isprintable():
        yield "title", gettext("The title is too long.")
    if publisher and not (publisher.isdecimal() and len(publisher) == _DIGITS):
        yield "publisher", gettext("An organisation number has nine digits.")
