"""Parameters of a query: variables that whoever asks may give a value, bound as terms and never as pasted text.

A comment declares one, with its type, its default and what a form calls it (English, or English | bokmål | nynorsk)::

    # param: word text barn Word | Ord | Ord
    # param: limit integer 120 Characters
    # param: language nb|nn|en nb Language

A variable written ``$word`` that no comment declares is a text without a default. To give values is to read the query
with each of these variables replaced by its term; a variable without a value stays a variable.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ontologies.namespaces import PREFIXES
from sparql.errors import ProtocolError
from sparql.language.rewriting import Edit, rewrite
from sparql.language.tokens import Kind, Token, comments, tokens

TYPES = ("text", "integer", "decimal", "date", "iri")
"""Types beside a choice, which is its values with bars between them."""
_DECLARATION = re.compile(r'#\s*param:\s*(\w+)\s+(\S+)(?:\s+("[^"]*"|\S+)(?:\s+(.*))?)?')
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")
_SHORT = re.compile(r"(\w[\w.\-]*)?:([\w.\-]*)")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `type` is one of TYPES or ``choice``; `labels` has one text, or one each for en, nb, nn."""

    name: str
    type: str = "text"
    default: str = ""
    labels: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """What a form calls it."""
        position = ("en", "nb", "nn").index(language)
        if position < len(self.labels):
            return self.labels[position]
        return self.labels[0] if self.labels else self.name


def declared(text: str) -> tuple[Parameter, ...]:
    """The parameters of a query: those of its comments, then its other ``$`` variables, in their order.

    Raises:
        QuerySyntaxError: a string of the query does not end.
    """
    found = {each.name: each for each in _declarations(text)}
    for token in tokens(text):
        if token.kind is Kind.VARIABLE and token.text.startswith("$"):
            found.setdefault(token.text[1:], Parameter(token.text[1:]))
    return tuple(found.values())


def bind(text: str, values: Mapping[str, str]) -> str:
    """The query with these values (by name, without ``$``), and with the defaults of what is not given.

    Raises:
        ProtocolError: a value is not of its parameter's type, or the query has no such parameter.
        QuerySyntaxError: a string of the query does not end.
    """
    return rewrite(text, binding(text, values))


def binding(text: str, values: Mapping[str, str]) -> list[Edit]:
    """What `bind` changes."""
    variables = [token for token in tokens(text) if token.kind is Kind.VARIABLE]
    known = {each.name: each for each in declared(text)}
    known |= {token.text[1:]: Parameter(token.text[1:]) for token in variables if token.text[1:] not in known}
    for name in values.keys() - known.keys():
        raise ProtocolError(f"The query has no parameter {name}; it has {', '.join(known) or 'none'}.")
    given = {name: values.get(name) or each.default for name, each in known.items()}
    terms = {name: _term(known[name], value) for name, value in given.items() if value}
    return list(_edits(list(tokens(text)), terms)) if terms else []


def _declarations(text: str) -> Iterator[Parameter]:
    for comment in comments(text):
        match = _DECLARATION.match(comment)
        if match is None:
            continue
        name, kind, default, labels = match.groups()
        choices = tuple(kind.split("|")) if "|" in kind else ()
        if choices or kind in TYPES:
            named = tuple(each.strip() for each in (labels or "").split("|") if each.strip())
            yield Parameter(name, "choice" if choices else kind, (default or "").strip('"'), named, choices)


def _edits(found: Sequence[Token], terms: Mapping[str, str]) -> Iterator[Edit]:
    """Each variable becomes its term; where SELECT answers it, a column: of nested ones the innermost makes it."""
    answered = set(_answered(found))
    makes = {found[index].text[1:]: index for index in sorted(answered)}
    for index, token in enumerate(found):
        name = token.text[1:]
        if token.kind is not Kind.VARIABLE or name not in terms:
            continue
        if index not in answered:
            yield token.start, token.end, terms[name]
        elif makes[name] == index:
            yield token.start, token.end, f"({terms[name]} AS {token.text})"


def _answered(found: Sequence[Token]) -> Iterator[int]:
    """Positions of the variables that a SELECT clause names by themselves."""
    inside, depth = False, 0
    for index, token in enumerate(found):
        if token.word == "SELECT":
            inside, depth = True, 0
        elif token.is_mark("{") or token.word in ("WHERE", "FROM"):
            inside = False
        elif inside:
            depth += token.is_mark("(") - token.is_mark(")")
            if depth == 0 and token.kind is Kind.VARIABLE:
                yield index


def _term(parameter: Parameter, value: str) -> str:
    """The value as a term of SPARQL."""
    match parameter.type:
        case "integer" if _INTEGER.fullmatch(value):
            return f'"{int(value)}"^^<{_XSD}integer>'
        case "decimal" if _DECIMAL.fullmatch(value):
            return f'"{value}"^^<{_XSD}decimal>'
        case "date" if _is_date(value):
            return f'"{value}"^^<{_XSD}date>'
        case "iri" if iri := _iri(value):
            return f"<{iri}>"
        case "choice" if value in parameter.choices:
            return literal(value)
        case "text":
            return literal(value)
    wanted = f"one of {', '.join(parameter.choices)}" if parameter.choices else f"of type {parameter.type}"
    raise ProtocolError(f"The parameter {parameter.name} is {wanted}: {value[:80]!r} is not.")


def literal(value: str) -> str:
    """A plain literal of SPARQL, on one line."""
    return f'"{"".join(_ESCAPES.get(each, each) for each in value)}"'


def is_iri(value: str) -> bool:
    """Whether it is an absolute IRI that can stand between ``<`` and ``>``."""
    return _IRI.fullmatch(value) is not None


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _iri(value: str) -> str:
    """The IRI, with or without its brackets, or written with one of the register's prefixes; "" if it is none."""
    value = value.strip().removeprefix("<").removesuffix(">")
    short = _SHORT.fullmatch(value)
    if short and (short[1] or "") in PREFIXES:
        return PREFIXES[short[1]] + short[2]
    return value if is_iri(value) else ""
