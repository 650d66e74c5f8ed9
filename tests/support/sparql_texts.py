"""Hypothesis strategies for SPARQL: whole queries and updates from a grammar, and texts that are nearly SPARQL.

A text is a list of pieces, each of which is one or more tokens, with something between them: spaces, comments, or
nothing at all. So the same query comes in every way in which it can be written, and in some in which it cannot.
"""

from collections.abc import Callable

from hypothesis import strategies as st

CALL = "http://127.0.0.1:1/"
"""An address that the engine refuses to call: its refusal shows that it would have called."""
PREFIXES = {
    "": "http://e/",
    "e": "http://e/",
    "é": "http://e/#",
    "x": CALL,
    "service": "http://e/s",
    "true": "http://e/",
}
PROLOGUE = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + "\n"

Pieces = st.SearchStrategy[list[str]]

_HARMFUL = st.sampled_from(
    ["SERVICE", f"SERVICE <{CALL}> {{}}", "LOAD", "FROM <http://e/none>", "USING", "}", "{", "#", "'", '"', "<", ">", "?x", "True", "|}"]
)  # fmt: skip
_PLAIN = st.sampled_from(["a", "æ", "日本", "\U0001f600", " ", "1", ".", ";", "&&", "-", "\t"])


def word(text: str) -> st.SearchStrategy[str]:
    """A keyword in any case."""
    return st.lists(st.booleans(), min_size=len(text), max_size=len(text)).map(
        lambda upper: "".join(c.upper() if up else c.lower() for c, up in zip(text, upper, strict=True))
    )


def piece(*parts: "str | st.SearchStrategy[str] | Pieces") -> Pieces:
    """Pieces one after the other: a text is a keyword if it has letters only, else it stands for itself."""
    made = [_as_pieces(part) for part in parts]
    return st.tuples(*made).map(lambda found: [each for pieces in found for each in pieces])


def _as_pieces(part: "str | st.SearchStrategy[str] | Pieces") -> Pieces:
    if isinstance(part, str):
        whole = word(part) if part.isalpha() and part.isupper() else st.just(part)
        return whole.map(lambda text: [text])
    return part.map(lambda found: found if isinstance(found, list) else [found])


def many(part: "str | st.SearchStrategy[str] | Pieces", least: int = 0, most: int = 3, between: str = "") -> Pieces:
    """The same several times."""

    def joined(found: list[list[str]]) -> list[str]:
        pieces: list[str] = []
        for each in found:
            pieces += [between, *each] if between and pieces else each
        return pieces

    return st.lists(_as_pieces(part), min_size=least, max_size=most).map(joined)


def maybe(part: "str | st.SearchStrategy[str] | Pieces") -> Pieces:
    """Once or not."""
    return st.one_of(st.just([]), _as_pieces(part))


IRI = st.builds(
    lambda start, rest: f"<{start}{rest}>",
    st.sampled_from(["http://e/", "http://e/#", "urn:x:", "#", "", "http://e/?", "mailto:a@"]),
    st.lists(
        st.sampled_from(
            ["a", "b", "#", "'", "/", "?", ":", ".", "%20", "\\u0041", "\\U00000042", "æ", "SERVICE", ";", "(", ")", "True"]
        ),
        max_size=4,
    ).map("".join),
)  # fmt: skip
PREFIXED = st.builds(
    lambda prefix, local: f"{prefix}:{local}",
    st.sampled_from(sorted(PREFIXES)),
    st.lists(
        st.sampled_from(["a", "b", "1", "æ", "_", "-", ".c", ":", "%41", "\\-", "\\#", "\\'", "\\,", "SERVICE", "..d"]), max_size=4
    ).map("".join),
)  # fmt: skip
NAME = st.one_of(IRI, PREFIXED)
VARIABLE = st.builds(
    lambda sign, name: sign + name, st.sampled_from("?$"), st.sampled_from(["s", "p", "o", "x", "y", "1a", "ærø", "True", "SERVICE"])
)  # fmt: skip
BLANK = st.sampled_from(["_:a", "_:a.b", "_:1", "_:æ-", "[]", "_:SERVICE"])
NUMBER = st.sampled_from(["0", "1", "42", "1.5", ".5", "1e3", "1.5E-2", "-1", "+2", "-0.5", "1."])


@st.composite
def string(draw: st.DrawFn) -> str:
    """A string in any of the four forms."""
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    content = draw(
        st.lists(
            st.one_of(_PLAIN, _HARMFUL, st.sampled_from(["\\n", "\\\\", "\\'", '\\"', "\\u0027", "\n"])), max_size=5
        )
    )
    text = "".join(content)
    if len(quote) == 1:
        text = text.replace("\n", "").replace(quote, "")
    else:
        text = text.replace(quote, "") + draw(st.sampled_from(["", " ", "\\\\"]))
        text = text.rstrip(quote[0]) if text.endswith(quote[0]) else text
    text = text.removesuffix("\\") if text.endswith("\\") and not text.endswith("\\\\") else text
    return quote + text + quote


LITERAL = st.builds(
    lambda text, tail: text + tail, string(), st.sampled_from(["", "", "@en", "@nb-NO", "@ar--rtl", "^^e:a", "^^<http://e/t>"])
)  # fmt: skip
BOOLEAN = st.sampled_from(["true", "false"])
TERM = st.one_of(NAME, VARIABLE, LITERAL, NUMBER, BOOLEAN, BLANK)


def _expressions(inner: Pieces) -> Pieces:
    operator = st.sampled_from(["||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"])
    return st.one_of(
        piece(inner, operator, inner),
        piece("(", inner, ")"),
        piece(st.sampled_from("!-+"), inner),
        piece("STR", "(", inner, ")"),
        piece("IF", "(", inner, ",", inner, ",", inner, ")"),
        piece("COALESCE", "(", many(inner, 0, 2, ","), ")"),
        piece(inner, "IN", "(", many(inner, 0, 2, ","), ")"),
        piece(NAME, "(", many(inner, 0, 2, ","), ")"),
        piece("<<(", VARIABLE, NAME, TERM, ")>>"),
    )


EXPRESSION = st.recursive(
    st.one_of(VARIABLE, LITERAL, NUMBER, BOOLEAN, NAME).map(lambda text: [text]), _expressions, max_leaves=4
)
VERB = st.one_of(NAME, VARIABLE, st.just("a"))
PATH = st.recursive(
    _as_pieces(st.one_of(NAME, st.just("a"))),
    lambda inner: st.one_of(
        piece(inner, st.sampled_from("/|"), inner),
        piece("(", inner, ")", st.sampled_from("*+?")),
        piece("^", inner),
        piece("!", "(", many(NAME, 0, 2, "|"), ")"),
    ),
    max_leaves=3,
)


def _nodes(inner: Pieces) -> Pieces:
    return st.one_of(
        piece("[", VERB, inner, "]"),
        piece("(", many(inner, 0, 2), ")"),
        piece("<<", VARIABLE, NAME, TERM, ">>"),
        piece("<<(", VARIABLE, NAME, inner, ")>>"),
    )


NODE = st.recursive(_as_pieces(TERM), _nodes, max_leaves=3)
OBJECT = piece(NODE, maybe(piece("{|", VERB, NODE, "|}")), maybe(piece("~", st.one_of(NAME, VARIABLE))))
TRIPLES = piece(
    st.one_of(_as_pieces(st.one_of(NAME, VARIABLE, BLANK)), _nodes(_as_pieces(TERM))),
    many(piece(st.one_of(_as_pieces(VERB), PATH), many(OBJECT, 1, 2, ",")), 1, 2, ";"),
)
DATA = st.one_of(NAME, LITERAL, NUMBER, BOOLEAN, word("UNDEF"))


def _groups(inner: Pieces) -> Pieces:
    group = piece("{", inner, "}")
    return st.one_of(
        piece(inner, ".", TRIPLES),
        piece("OPTIONAL", group),
        piece(group, "UNION", group),
        piece("MINUS", group),
        piece("FILTER", "(", EXPRESSION, ")", inner),
        piece("FILTER", maybe("NOT"), "EXISTS", group),
        piece("BIND", "(", EXPRESSION, "AS", "?bound", ")"),
        piece("VALUES", VARIABLE, "{", many(DATA), "}", inner),
        piece("VALUES", "(", VARIABLE, VARIABLE, ")", "{", many(piece("(", DATA, DATA, ")")), "}"),
        piece("GRAPH", st.one_of(NAME, VARIABLE), group),
        piece("{", "SELECT", st.one_of(_as_pieces("*"), many(VARIABLE, 1, 2)), "WHERE", group, "}"),
        piece("SERVICE", maybe("SILENT"), st.sampled_from([f"<{CALL}>", "x:y", "x:"]), group),
    )


PATTERN = st.recursive(TRIPLES, _groups, max_leaves=4)
GROUP = piece("{", PATTERN, "}")
DATASET = many(piece("FROM", maybe("NAMED"), NAME), 0, 1)
COLUMNS = st.one_of(
    _as_pieces("*"), many(VARIABLE, 1, 3), piece("(", EXPRESSION, "AS", "?made", ")"), piece("(", "COUNT", "(", "*", ")", "AS", "?n", ")")
)  # fmt: skip
QUERY = st.one_of(
    piece("SELECT", maybe("DISTINCT"), COLUMNS, DATASET, maybe("WHERE"), GROUP),
    piece("SELECT", COLUMNS, "WHERE", GROUP, "ORDER", "BY", VARIABLE, "LIMIT", "9"),
    piece("SELECT", VARIABLE, GROUP, "GROUP", "BY", VARIABLE, "HAVING", "(", EXPRESSION, ")"),
    piece("ASK", DATASET, GROUP),
    piece("CONSTRUCT", "{", TRIPLES, "}", DATASET, "WHERE", GROUP),
    piece("DESCRIBE", many(st.one_of(NAME, VARIABLE), 1, 2), DATASET, maybe(GROUP)),
)
QUADS = st.one_of(TRIPLES, piece("GRAPH", NAME, "{", TRIPLES, "}"))
OPERATION = st.one_of(
    piece("INSERT", "DATA", "{", QUADS, "}"),
    piece("DELETE", "WHERE", GROUP),
    piece(
        maybe(piece("WITH", NAME)),
        "INSERT",
        "{",
        QUADS,
        "}",
        many(piece("USING", maybe("NAMED"), NAME), 0, 1),
        "WHERE",
        GROUP,
    ),
    piece("LOAD", maybe("SILENT"), f"<{CALL}>", maybe(piece("INTO", "GRAPH", NAME))),
    piece(st.sampled_from(["CLEAR", "DROP", "create"]), maybe("SILENT"), "GRAPH", NAME),
    piece(st.sampled_from(["ADD", "MOVE", "copy"]), NAME, "TO", NAME),
)
UPDATE = many(OPERATION, 1, 2, ";")

COMMENT = st.builds(
    lambda parts, end: "#" + "".join(parts).replace("\n", "").replace("\r", "") + end,
    st.lists(st.one_of(_PLAIN, _HARMFUL), max_size=4),
    st.sampled_from(["\n", "\r", "\r\n"]),
)
SPACE = st.one_of(st.sampled_from([" ", "\n", "\r", "\t", "  "]), COMMENT, COMMENT.map(lambda text: f" {text}"))
NOTHING = st.just("")


@st.composite
def texts(draw: st.DrawFn, of: Pieces, space: st.SearchStrategy[str] = SPACE) -> str:
    """The pieces with something of `space` between them."""
    return PROLOGUE + "".join(each + draw(space) for each in draw(of))


@st.composite
def mutations(draw: st.DrawFn, of: Pieces) -> str:
    """A text with pieces glued, left out, doubled or put elsewhere, or with characters changed."""
    pieces = [each + draw(st.one_of(NOTHING, SPACE)) for each in draw(of)]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(pieces) - 1))
        change: Callable[[list[str], int], None] = draw(st.sampled_from([_drop, _double, _swap]))
        change(pieces, at)
    text = "".join(pieces)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.one_of(_HARMFUL, _PLAIN, st.sampled_from("\\'\"#<>{}()\r\n")))
            + text[at + draw(st.integers(0, 1)) :]
        )
    return PROLOGUE + text


def _drop(pieces: list[str], at: int) -> None:
    if len(pieces) > 1:
        del pieces[at]


def _double(pieces: list[str], at: int) -> None:
    pieces.insert(at, pieces[at])


def _swap(pieces: list[str], at: int) -> None:
    pieces[at], pieces[-1] = pieces[-1], pieces[at]
