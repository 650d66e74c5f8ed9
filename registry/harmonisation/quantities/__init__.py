"""Limits in a text: quantities with comparator, unit and place, made comparable."""

from registry.harmonisation.quantities.model import Interval, Quantity
from registry.harmonisation.quantities.parser import WINDOW, quantities

__all__ = ["WINDOW", "Interval", "Quantity", "quantities"]
