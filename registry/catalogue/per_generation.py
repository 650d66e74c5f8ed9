"""Remembering what was read, for as long as the generation that it was read from is open."""

from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sparql.store import Reader

P = ParamSpec("P")
T = TypeVar("T")


def per_generation(function: Callable[Concatenate[Reader, P], T]) -> Callable[Concatenate[Reader, P], T]:
    """Calls the function once per reader and hashable arguments. A new generation has a new reader."""
    remembered: WeakKeyDictionary[Any, dict[Hashable, T]] = WeakKeyDictionary()

    def remembering(reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> T:
        answers = remembered.setdefault(reader, {})
        key = (args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = function(reader, *args, **kwargs)
        return answers[key]

    update_wrapper(remembering, function)
    return remembering
