"""Measurements of catalogues summed: by organisation, by kind, and day by day."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from registry.quality.keeping import Figures, Past
from registry.quality.measuring import Row


@dataclass(frozen=True, slots=True)
class Point:
    """The figures of one day: how many descriptions there were, and the share of the tested points that they had."""

    day: str
    things: int
    share: float


def summed(rows: Iterable[Row], organisation: str = "", kind: str = "") -> Row:
    """Several rows as one."""
    total = Row(organisation, kind)
    grades, levels, indicators = Counter[str](), Counter[str](), defaultdict[str, float](float)
    faults: dict[tuple[str, str], tuple[dict[str, str], str, int]] = {}
    for row in rows:
        total.things += row.things
        total.points += row.points
        total.tested += row.tested
        grades.update(row.grades)
        levels.update(row.levels)
        for code, share in row.indicators.items():
            indicators[code] += share
        for messages, level, number in row.faults:
            key = (level, messages.get("en", ""))
            faults[key] = (messages, level, number + (faults[key][2] if key in faults else 0))
    total.grades, total.levels, total.indicators = dict(grades), dict(levels), dict(indicators)
    total.faults = sorted(faults.values(), key=lambda each: -each[2])
    return total


def standings(rows: Iterable[Row]) -> list[Row]:
    """One row an organisation and kind, the best first."""
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.organisation, row.kind].append(row)
    found = [summed(each, organisation, kind) for (organisation, kind), each in groups.items()]
    return sorted(found, key=lambda row: (-row.share, row.organisation, row.kind))


def trend(past: Iterable[Past], wanted: Callable[[Figures], bool]) -> list[Point]:
    """The figures that are wanted, on every day on which something was measured."""
    held: dict[str, tuple[int, float, int]] = {}
    days: dict[str, Point] = {}
    for each in past:
        chosen = [figures for figures in each.figures if wanted(figures)]
        held[each.graph] = (
            sum(figures.things for figures in chosen),
            sum(figures.points for figures in chosen),
            sum(figures.tested for figures in chosen),
        )
        days[each.day] = _point(each.day, held.values())
    return list(days.values())


def changes(past: Iterable[Past], kind: str) -> dict[str, float]:
    """Organisation to how its share of the tested points changed on the last day on which it was measured."""
    held: dict[str, list[Figures]] = {}
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    shares: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for each in past:
        now, before = [figures for figures in each.figures if figures.kind == kind], held.get(each.graph, [])
        held[each.graph] = now
        for sign, figures in (*((-1, one) for one in before), *((1, one) for one in now)):
            sums[figures.organisation][0] += sign * figures.points
            sums[figures.organisation][1] += sign * figures.tested
        for organisation in {figures.organisation for figures in (*before, *now)}:
            points, tested = sums[organisation]
            shares[organisation][each.day] = points / tested if tested else 0.0
    return {organisation: _last_change(list(days.values())) for organisation, days in shares.items()}


def _last_change(shares: list[float]) -> float:
    return shares[-1] - shares[-2] if len(shares) > 1 else 0.0


def _point(day: str, held: Iterable[tuple[int, float, int]]) -> Point:
    things, points, tested = (sum(column) for column in zip(*held, strict=True))
    return Point(day, int(things), points / tested if tested else 0.0)


def new_this_year(points: list[Point]) -> int:
    """How many more descriptions there are than at the last measurement before the last one's year."""
    if not points:
        return 0
    earlier = [point for point in points if point.day < points[-1].day[:4]]
    return points[-1].things - (earlier[-1].things if earlier else 0)
