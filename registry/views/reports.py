"""The reports page: key figures over time, as charts that the server draws and as the tables that they are drawn of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.quality.league import Point, new_this_year
from registry.quality.scoring import KINDS
from registry.tables import csv_text
from registry.views.quality_figures import league, total, trend_of
from registry.views.rendering import CSV, Shown

_WIDTH, _HEIGHT = 600, 160
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of description: how many there are, who has them, how good they are, and all that over time."""

    kind: str
    things: int
    organisations: int
    new: int
    share: float
    points: tuple[Point, ...]

    @property
    def line(self) -> str:
        """The number of descriptions over time, as the points of an SVG polyline."""
        return polyline([point.things for point in self.points])

    def as_json(self) -> dict[str, object]:
        """Every figure."""
        return {
            "kind": self.kind,
            "things": self.things,
            "organisations": self.organisations,
            "newThisYear": self.new,
            "share": round(self.share, 4),
            "days": [
                {"day": point.day, "things": point.things, "share": round(point.share, 4)} for point in self.points
            ],
        }


def reports_page() -> Shown:
    """The page, its data and its table."""
    found = [_report(kind.code) for kind in KINDS]
    return Shown(
        "quality/reports.html",
        {"reports": found, "width": _WIDTH, "height": _HEIGHT},
        lambda: {"kinds": [report.as_json() for report in found]},
        {CSV: lambda: _as_csv(found)},
    )


def over_time(organisation: str) -> list[tuple[str, list[Point], str]]:
    """An organisation's kinds of description with their figures day by day and the line of their share of points.

    Days without descriptions are left out, and kinds that were measured on one day only.
    """
    found = ((kind.code, _described(trend_of(kind.code, organisation))) for kind in KINDS)
    return [
        (kind, points, polyline([point.share for point in points], 1.0)) for kind, points in found if len(points) > 1
    ]


def _described(points: list[Point]) -> list[Point]:
    return [point for point in points if point.things][-_MOST_DAYS:]


def polyline(values: Sequence[float], highest: float = 0.0) -> str:
    """Values from left to right as x,y pairs in a box of 600 by 160; one value is a line.

    At the top is `highest`, the largest value where it is 0.
    """
    if not values:
        return ""
    drawn = [*values] if len(values) > 1 else [*values] * 2
    step, top = _WIDTH / (len(drawn) - 1), highest or max(drawn) or 1
    return " ".join(f"{place * step:.1f},{_HEIGHT - value / top * _HEIGHT:.1f}" for place, value in enumerate(drawn))


def _report(kind: str) -> Report:
    rows, points = league(kind), trend_of(kind)
    overall = total(rows, kind)
    return Report(
        kind=kind,
        things=overall.things,
        organisations=sum(bool(row.organisation) for row in rows),
        new=new_this_year(points),
        share=overall.share,
        points=tuple(points[-_MOST_DAYS:]),
    )


def _as_csv(found: Iterable[Report]) -> str:
    return csv_text(
        ("kind", "day", "things", "share"),
        (
            {"kind": report.kind, "day": point.day, "things": str(point.things), "share": f"{point.share:.4f}"}
            for report in found
            for point in report.points
        ),
    )
