"""Limits in a text: quantities with comparator, unit and place, made comparable."""

from registry.harmonisation.quantities.model import Interval, Quantity
from registry.harmonisation.quantities.parser import quantities

__all__ = ["Interval", "Quantity", "quantities"]
