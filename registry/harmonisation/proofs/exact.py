"""Two limits in one unit, exactly; None where that cannot be done without rounding.

Ages are completed years or months, as the comparison reads them ("over 18 år" and "fylt 18 år" are one limit); what is
counted comes in whole numbers; everything else is a decimal number.
"""

from decimal import Decimal
from fractions import Fraction

from registry.harmonisation.proofs.bounds import Bounds
from registry.harmonisation.quantities import Quantity
from registry.harmonisation.quantities.patterns import unit_of

_SCALES = (
    frozenset({"second", "minute", "hour"}),
    frozenset({"day", "week"}),
    frozenset({"month", "quarter", "half_year", "year"}),
    frozenset({"horsepower"}),
)
"""Units that are held against each other only: a month is no number of days, a day in law no 24 hours."""
_UNPROVED = frozenset({"window", "date", "day of year", "time of day"})
"""Families that no number line is drawn of."""
_DENOMINATOR = 10**9
_MONTHS = 12
_HUNDREDTHS = 100


def in_one_unit(one: Quantity, other: Quantity) -> tuple[str, Bounds, Bounds] | None:
    """The unit, and what both limits let through in it."""
    if one.family != other.family or one.family in _UNPROVED or "=" in {one.comparator, other.comparator}:
        return None
    if one.family == "age":
        return _ages(one, other)
    unit = _finer(one, other)
    if unit is None:
        return None
    first, second = _bounds(one, unit), _bounds(other, unit)
    return (unit, first, second) if first and second else None


def _ages(one: Quantity, other: Quantity) -> tuple[str, Bounds, Bounds] | None:
    """Completed years; completed months where one of the two is said in months."""
    unit = "month" if "month" in {one.unit, other.unit} else "year"
    first, second = (_age(each, unit) for each in (one, other))
    return (unit, first, second) if first and second else None


def _age(quantity: Quantity, unit: str) -> Bounds | None:
    amount, upper = _whole(quantity.amount), _whole(quantity.upper)
    if amount is None or (quantity.upper is not None and upper is None) or quantity.unit not in {"year", "month"}:
        return None
    low, high = None, None
    match quantity.comparator:
        case "<":
            high = amount - 1
        case "<=":
            high = amount
        case ">=" | ">":
            low = amount
        case _:
            low, high = amount, upper
    if unit != quantity.unit:
        low = None if low is None else low * _MONTHS
        high = None if high is None else high * _MONTHS + _MONTHS - 1
    return Bounds(_decimal(low), low is not None, _decimal(high), high is not None, whole=True)


def _finer(one: Quantity, other: Quantity) -> str | None:
    """The smaller unit of the two, in which both amounts are finite decimals as a rule; None if they do not convert."""
    if one.unit == other.unit or one.family.startswith("count "):
        return one.unit
    if "/" in one.unit + other.unit or any((one.unit in scale) != (other.unit in scale) for scale in _SCALES):
        return None
    return min(one.unit, other.unit, key=lambda unit: unit_of(unit).factor)


def _bounds(quantity: Quantity, unit: str) -> Bounds | None:
    """The bounds of a limit in a unit."""
    bounds = quantity.interval
    if quantity.family.startswith("count "):
        low, high = _whole(bounds.low), _whole(bounds.high)
        if (low is None) != (bounds.low is None) or (high is None) != (bounds.high is None):
            return None
        return Bounds(_decimal(low), low is not None, _decimal(high), high is not None, whole=True)
    amount = _converted(quantity, quantity.amount, unit)
    upper = _converted(quantity, quantity.upper, unit) if quantity.upper is not None else None
    if amount is None or (upper is None) != (quantity.upper is None):
        return None
    match quantity.comparator:
        case "<" | "<=":
            return Bounds(high=amount, high_closed=quantity.comparator == "<=")
        case ">" | ">=":
            return Bounds(low=amount, low_closed=quantity.comparator == ">=")
        case _:
            return Bounds(amount, bounds.low_closed, upper, bounds.high_closed)


def _converted(quantity: Quantity, amount: float, unit: str) -> Decimal | None:
    """An amount in another unit, if it is a finite decimal there: a third is none, nor is what stands for it."""
    number = Decimal(repr(amount))
    if quantity.family == "share" and (number * _HUNDREDTHS) % 1:
        return None
    if unit == quantity.unit:
        return number
    made = Fraction(number) * _factor(quantity.unit) / _factor(unit)
    return Decimal(made.numerator) / Decimal(made.denominator) if _is_finite(made) else None


def _factor(unit: str) -> Fraction:
    """The exact factor of a unit: what the table has as the nearest float (a second is 1/86400 of a day)."""
    return Fraction(unit_of(unit).factor).limit_denominator(_DENOMINATOR)


def _is_finite(number: Fraction) -> bool:
    """Whether a number has finitely many decimals: its denominator has no prime factors but 2 and 5."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _whole(amount: float | None) -> int | None:
    return int(amount) if amount is not None and float(amount).is_integer() else None


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
