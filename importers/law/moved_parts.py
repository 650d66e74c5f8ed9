"""What is renumbered tells what the instruction before it means: whether its words replace others, or are new."""

from collections.abc import Iterable
from dataclasses import replace

from importers.law.instructions import Instruction, Part


def with_what_moves(asked: Instruction, moves: Instruction) -> Instruction:
    """An instruction to replace paragraphs, where the next one renumbers those of the section to make room.

    "Andre ledd skal lyde" before "Nåværende andre ledd blir tredje ledd" replaces nothing, but adds a paragraph.
    """
    if asked.operation != "replace" or moves.operation != "renumber" or not (asked.parts and moves.parts):
        return asked
    (*above, last), (*elsewhere, moved) = asked.parts, moves.parts
    places = (*last.values, *moved.values[:1], *moves.becomes[:1])
    if above != elsewhere or last.kind != moved.kind or asked.added or not moves.becomes or not _are_numbers(places):
        return asked
    first = int(moved.values[0])
    new = [str(place) for place in range(first, int(moves.becomes[0]))]
    there = tuple(value for value in last.values if value not in new)
    if not new or list(last.values[len(there) :]) != new:
        return asked
    if not there:
        return replace(asked, operation="insert")
    return replace(asked, parts=(*above, Part(last.kind, there)), added=tuple(new))


def _are_numbers(values: Iterable[str]) -> bool:
    return all(value.isdecimal() for value in values)
