"""Acts that people cite and that no imported text names that way, as data: by-names, abbreviations, repealed acts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from importers.law.identifiers import Refid, parse_refid
from importers.references.acts import ActIndex, KnownAct

_KNOWN, _REPEALED = "well_known_acts.tsv", "repealed_acts.tsv"


@cache
def by_names() -> tuple[KnownAct, ...]:
    """Short titles and abbreviations in use: refid, names, abbreviations."""
    return tuple(
        KnownAct(_refid(refid), _listed(names), _listed("".join(rest)), held=False)
        for refid, names, *rest in _rows(_KNOWN)
    )


@cache
def repealed() -> tuple[KnownAct, ...]:
    """Acts that are no longer in force: refid, names, abbreviations, the day or year they ceased, what came instead."""
    return tuple(
        KnownAct(
            _refid(refid),
            _listed(names),
            _listed(shorts),
            held=False,
            ended=ended,
            successor=_refid(successor) if successor else None,
        )
        for refid, names, shorts, ended, successor in _rows(_REPEALED)
    )


@cache
def without_register() -> ActIndex:
    """The index of what comes with the program, for texts that are read before any register is there."""
    return index_of(())


def index_of(held: Iterable[KnownAct], today: str = "") -> ActIndex:
    """The index of the acts that a register holds, with what else they are called, and the repealed ones.

    `today` is an ISO day, as in `ActIndex`.
    """
    acts = {act.refid: act for act in held}
    for more in (*by_names(), *repealed()):
        known = acts.get(more.refid)
        acts[more.refid] = _joined(known, more) if known else more
    return ActIndex(acts.values(), today)


def _joined(held: KnownAct, more: KnownAct) -> KnownAct:
    return replace(
        held,
        names=(*held.names, *more.names),
        abbreviations=(*held.abbreviations, *more.abbreviations),
        ended=held.ended or more.ended,
        successor=held.successor or more.successor,
    )


def _rows(name: str) -> Iterator[list[str]]:
    for line in files(__package__).joinpath(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _listed(values: str) -> tuple[str, ...]:
    return tuple(filter(None, values.split("|")))


def _refid(text: str) -> Refid:
    """A refid of the table.

    Raises:
        ValueError: it is none; the table that comes with the program is wrong.
    """
    refid = parse_refid(text)
    if refid is None:
        raise ValueError(f"“{text}” is no refid.")
    return refid
