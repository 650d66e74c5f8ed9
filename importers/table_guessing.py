"""Guessing what the columns of somebody's own table hold, by their names and by what stands in them.

A guess is a beginning for a person to confirm: `TableGuess.mapping` is what would be imported, `reasons` say why each
column was taken for what it is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importers.base import Source, UnreadableSourceError
from importers.concepts.table_columns import FIELD_NAMES, fold, read_column
from importers.concepts.table_reader import read_tables
from importers.concepts.table_rows import Row, Table
from importers.concepts.values import is_absolute_iri
from importers.report import Where
from importers.table_mapping import PASSED_OVER, MappedColumn, MappingError, TableMapping, mapping_as_toml

_HIGHEST_HEADER = 10
SAMPLE = 200
"""Rows that a guess looks at."""
_LONG_TERM = 60
_FEW_WORDS = 4
_MOST = 0.8
_NAMES: dict[str, tuple[str, ...]] = {
    "anbefalt_term": (
        *("begrep", "begrepsnavn", "omgrep", "term", "termer", "navn", "namn", "ord", "oppslagsord", "benevnelse"),
        *(
            "anbefaltbegrep",
            "foretrukketterm",
            "label",
            "preflabel",
            "name",
            "concept",
            "preferredterm",
            "tittel",
            "title",
        ),
    ),
    "tillatt_term": (
        *("synonym", "synonymer", "synonyms", "altlabel", "alternativterm", "alternativetermer", "andreord"),
        *("tillatttermer", "andrenavn", "alternativtnavn", "admittedterm", "forkortelse", "forkortelser"),
        *("abbreviation", "forkorting"),
    ),
    "frarådet_term": (
        "frarådettermer",
        "fraråddetermer",
        "fraråd",
        "unngå",
        "ikkebruk",
        "hiddenlabel",
        "deprecatedterm",
        "discouragedterm",
    ),
    "definisjon": (
        *(
            "definition",
            "forklaring",
            "begrepsforklaring",
            "begrepsdefinisjon",
            "beskrivelse",
            "betydning",
            "skildring",
        ),
        *("beskriving", "tyding", "description", "meaning"),
    ),
    "definisjon:kilde": (
        "kilder",
        "kjelde",
        "kjelder",
        "hjemmel",
        "lovhjemmel",
        "heimel",
        "referanse",
        "source",
        "reference",
    ),
    "definisjon:forhold_til_kilde": ("forholdtilkjelde", "relationshipwithsource"),
    "merknad": ("merknader", "merknadar", "kommentar", "kommentarer", "note", "notes", "comment", "remark"),
    "eksempel": ("eksempler", "døme", "example", "examples"),
    "fagområde": ("fagfelt", "tema", "kategori", "domene", "område", "emne", "subject", "category", "domain", "topic"),
    "id": ("identifikator", "identifier", "iri", "url", "lenke", "begrepsid", "begrepid"),
    "originalt_begrep": ("nr", "nummer", "kode", "code", "number", "løpenummer"),
    "se_også": ("seogsa", "sjåòg", "relatert", "relaterte", "relatertebegreper", "seealso", "related"),
    "kontaktpunkt:epost": ("epost", "e-post", "email", "e-mail", "kontakt", "kontaktepost"),
    "kontaktpunkt:telefon": ("telefon", "tlf", "phone", "telephone"),
    "gyldig_fom": ("gyldigfra", "gyldigfraogmed", "fradato", "startdato", "validfrom", "startdate"),
    "gyldig_tom": ("gyldigtil", "gyldigtilogmed", "tildato", "sluttdato", "validto", "enddate"),
    "versjon": ("version", "versjonsnummer"),
    "status": ("begrepsstatus", "godkjenningsstatus"),
    "verdiområde:tekst": ("verdiområde", "valuerange", "omfang"),
}
_FIELDS = {read_column(0, name).field: name for name in FIELD_NAMES}
"""A column's field as a mapping names it."""
_LANGUAGES = {"bokmål": "nb", "nb": "nb", "norsk": "nb", "no": "nb", "nynorsk": "nn", "nn": "nn"}
_LANGUAGES |= {"engelsk": "en", "english": "en", "en": "en", "samisk": "se", "nordsamisk": "se", "se": "se"}
_SIGNS = {
    "nb": frozenset({"en", "et", "ikke", "fra", "de", "noe", "noen", "hvis", "kun", "være"}),
    "nn": frozenset({"ein", "eit", "ikkje", "frå", "dei", "noko", "nokon", "dersom", "berre", "vere"}),
    "en": frozenset({"the", "of", "and", "a", "an", "is", "which", "that", "by", "with"}),
}
"""Words that tell one language from the others."""
_AUDIENCES = frozenset({"definisjon_for_allmennheten", "definisjon_for_spesialister"})
_TEXTS = _AUDIENCES | {
    *("anbefalt_term", "tillatt_term", "frarådet_term", "definisjon", "merknad", "eksempel", "fagområde"),
}
_SEVERAL = frozenset({"tillatt_term", "frarådet_term", "fagområde", "se_også"})
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>\"]+@[^\s@<>\"]+\.\w+")
_FIGURES = re.compile(r"[\d .,:/-]+")
_PARTED = re.compile(r"[\s_\-/]*[(\[:,/_\-]\s*(?P<language>\w+)\s*[)\]]?$|\s+(?P<word>\w+)$")


@dataclass(frozen=True, slots=True)
class TableGuess:
    """A mapping that was guessed; `reasons` by header: why the column was taken for what it is, or passed over."""

    mapping: TableMapping
    reasons: dict[str, str]

    def as_toml(self) -> str:
        """The mapping as the file that a person edits, a reason behind each column."""
        return mapping_as_toml(self.mapping, self.reasons)


def guess_table(source: Source) -> TableGuess:
    """What a table holds, its header found among the first rows of the first sheet that has one.

    Raises:
        UnreadableSourceError: it is no table, or nothing in it looks like terms.
    """
    for table in read_tables(source):
        header = find_header(table)
        if header is None:
            continue
        try:
            return guess_mapping(header.cells, [row.cells for row in rows_below(table, header)[:SAMPLE]])
        except MappingError:
            continue
    raise UnreadableSourceError(
        "No column of the table looks like terms.",
        Where(source.name),
        "Write the mapping yourself: docs/formats.md shows one.",
    )


def guess_mapping(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> TableGuess:
    """What the table holds; see `guess_columns`.

    Raises:
        MappingError: no column looks like terms.
    """
    columns, reasons = guess_columns(headers, rows)
    return TableGuess(TableMapping(columns), reasons)


def guess_columns(
    headers: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[tuple[MappedColumn, ...], dict[str, str]]:
    """What each column holds: by its name, else by its values; and by header why.

    `rows` are a sample of the cells below the headers.
    """
    samples = {header.strip(): _values(rows, index) for index, header in enumerate(headers) if header.strip()}
    columns = [_Sample(header, values) for header, values in samples.items()]
    found: dict[str, tuple[str, str]] = {}
    for sample in sorted(columns, key=_is_plainly_named, reverse=True):
        field, language = _by_name(sample.header)
        if field == "id" and sample.values and not sample.are(is_absolute_iri):
            field = "originalt_begrep"
        field = _with_language(field, language, sample)
        if field in {taken for taken, _ in found.values()}:
            field = _second(field)
        if field:
            found[sample.header] = (field, "by its name")
    for sample in columns:
        if sample.header not in found and (field := _by_values(sample, {taken for taken, _ in found.values()})):
            found[sample.header] = (_with_language(field, "", sample), "by what stands in it")
    fields = {sample.header: found.get(sample.header, (PASSED_OVER, "not recognised")) for sample in columns}
    mapped = (MappedColumn(one.header, fields[one.header][0], one.separator(fields[one.header][0])) for one in columns)
    return tuple(mapped), {header: why for header, (_, why) in fields.items()}


@dataclass(frozen=True, slots=True)
class _Sample:
    """One column: its header, and the values in a sample of rows."""

    header: str
    values: tuple[str, ...]

    def are(self, test: Callable[[str], object]) -> bool:
        """Whether there are values, and nearly all of them pass a test."""
        return bool(self.values) and sum(bool(test(value)) for value in self.values) >= _MOST * len(self.values)

    @property
    def words(self) -> float:
        """Words in a value, on average."""
        return sum(len(value.split()) for value in self.values) / max(1, len(self.values))

    def separator(self, field: str) -> str:
        """What stands between several values in a cell."""
        if field.partition(":")[0] not in _SEVERAL:
            return "|"
        return next((sign for sign in ("|", ";", "\n") if any(sign in value for value in self.values)), self._comma())

    def _comma(self) -> str:
        parts = [part for value in self.values if "," in value for part in value.split(",")]
        return "," if parts and all(len(part.split()) <= _FEW_WORDS for part in parts) else "|"


def find_header(table: Table) -> Row | None:
    """The first row near the top that names columns."""
    return next((row for row in table.rows[:_HIGHEST_HEADER] if _is_header(row)), None)


def rows_below(table: Table, header: Row) -> list[Row]:
    """The rows under the header that hold something."""
    return [row for row in table.rows if row.number > header.number and not row.empty]


def _is_header(row: Row) -> bool:
    """Whether a row names columns: two at least, none of them long."""
    names = [cell.strip() for cell in row.cells if cell.strip()]
    return len(set(names)) > 1 and all(len(name) <= _LONG_TERM for name in names)


def _values(rows: Sequence[Sequence[str]], index: int) -> tuple[str, ...]:
    return tuple(row[index].strip() for row in rows if index < len(row) and row[index].strip())


def _by_name(header: str) -> tuple[str, str]:
    """Field and language that a header names; "" for what it does not name."""
    if (known := read_column(0, header)).field in _FIELDS:
        return _FIELDS[known.field], "" if known.assumed else known.language
    whole = fold(header)
    if field := _named(whole):
        return field, ""
    parted = _PARTED.search(header)
    if parted is None:
        return "", ""
    language = _LANGUAGES.get((parted["language"] or parted["word"]).casefold(), "")
    return (_named(fold(header[: parted.start()])), language) if language else ("", "")


def _is_plainly_named(sample: _Sample) -> bool:
    """Whether a header is that of a national table, and so goes before others of its field."""
    return bool(read_column(0, sample.header).field)


def _second(field: str) -> str:
    """What a second column of a field that another column has already may hold; "" for nothing that is known."""
    name, colon, language = field.partition(":")
    if name == "definisjon" and language in _LANGUAGES.values():
        return f"merknad{colon}{language}"
    return field if name in _TEXTS - {"anbefalt_term"} or field == "definisjon:kilde" else ""


def _named(folded: str) -> str:
    for field, names in _NAMES.items():
        if folded in {fold(name) for name in (*names, field)} | {name.replace("-", "") for name in names}:
            return field
    return ""


def _by_values(sample: _Sample, taken: set[str]) -> str:
    bare = {field.partition(":")[0] for field in taken if not field.endswith((":kilde", ":forhold_til_kilde"))}
    if sample.are(is_absolute_iri) and len(set(sample.values)) == len(sample.values):
        return "" if "id" in taken else "id"
    if sample.are(_EMAIL.fullmatch):
        return "" if "kontaktpunkt:epost" in taken else "kontaktpunkt:epost"
    if sample.are(is_absolute_iri) or sample.are(_FIGURES.fullmatch):
        return ""
    distinct = len(set(sample.values)) >= _MOST * len(sample.values)
    if "anbefalt_term" not in bare and distinct and 0 < sample.words <= _FEW_WORDS:
        return "anbefalt_term"
    return "definisjon" if "definisjon" not in bare and distinct and sample.words > _FEW_WORDS else ""


def _with_language(field: str, language: str, sample: _Sample) -> str:
    """The field with its language: as named, else as the words of long texts tell."""
    if field not in _TEXTS:
        return field
    if language or sample.words <= _FEW_WORDS:
        return f"{field}:{language or 'nb'}"
    words = [word for value in sample.values for word in re.findall(r"[^\W\d_]+", value.casefold())]
    scores = {tag: sum(word in signs for word in words) for tag, signs in _SIGNS.items()}
    return f"{field}:{max(scores, key=lambda tag: (scores[tag], tag == 'nb'))}"
