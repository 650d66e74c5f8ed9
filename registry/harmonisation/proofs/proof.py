"""A proof: two limits of one characteristic as bounds, and what follows from them."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from registry.harmonisation.proofs.bounds import Bounds

Conclusion: TypeAlias = Literal["narrower", "broader", "disjoint"]
Extent: TypeAlias = Literal["characteristic", "concept"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of the first limit's relation to the second: it is narrower, broader, or nothing satisfies both.

    `extent` says of what it holds: of the limited characteristic only, or of both concepts, where the definitions say
    the same otherwise. `characteristic` is the family of the limits ("age", "share", "count ansatt"), `unit` a key of
    language/units.toml or the noun that is counted; both bounds are in it.
    """

    conclusion: Conclusion
    extent: Extent
    characteristic: str
    unit: str
    first: Bounds
    second: Bounds

    @property
    def datatype(self) -> str:
        """The datatype of XML Schema that the limits restrict."""
        return "integer" if self.first.whole else "decimal"

    @property
    def formula(self) -> str:
        """The proof in the notation of description logic: "xsd:integer[≤ 15] ⊑ xsd:integer[≤ 17]"."""
        first, second = (f"xsd:{self.datatype}[{each.formula}]" for each in (self.first, self.second))
        if self.conclusion == "disjoint":
            return f"{first} ⊓ {second} ⊑ ⊥"
        return f"{first} ⊑ {second}" if self.conclusion == "narrower" else f"{second} ⊑ {first}"

    def as_json(self) -> dict[str, Any]:
        """The proof with both limits as facets."""
        return {
            "conclusion": self.conclusion,
            "extent": self.extent,
            "characteristic": self.characteristic,
            "unit": self.unit,
            "datatype": f"xsd:{self.datatype}",
            "a": self.first.as_json(),
            "b": self.second.as_json(),
        }


def conclusion(first: Bounds, second: Bounds) -> Conclusion | None:
    """What follows from two limits; None where they are equal or only overlap, or one lets nothing through."""
    if first.empty or second.empty or first == second:
        return None
    if first.apart(second):
        return "disjoint"
    if first.within(second):
        return "narrower"
    return "broader" if second.within(first) else None
