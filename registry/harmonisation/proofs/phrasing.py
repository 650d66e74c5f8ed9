"""Proofs in words, in nb, nn and en."""

from registry.harmonisation.proofs.proof import Conclusion, Proof
from registry.harmonisation.quantities import Quantity
from registry.harmonisation.quantities.phrasing import words
from registry.harmonisation.words import language_data

_LANGUAGES = ("nb", "nn", "en")
_SHARE, _MONEY, _TIME = ("andel", "del", "share"), ("beløp", "beløp", "amount"), ("tid", "tid", "time")
_NAMES = {
    "age": ("alder", "alder", "age"),
    "duration": _TIME,
    "working days": _TIME,
    "money": _MONEY,
    "euro": _MONEY,
    "dollar": _MONEY,
    "basic amount": _MONEY,
    "share": _SHARE,
    "volume share": _SHARE,
    "weight share": _SHARE,
    "length": ("lengde", "lengd", "length"),
    "area": ("areal", "areal", "area"),
    "volume": ("volum", "volum", "volume"),
    "mass": ("vekt", "vekt", "weight"),
    "speed": ("fart", "fart", "speed"),
    "power": ("effekt", "effekt", "power"),
    "energy": ("energi", "energi", "energy"),
    "temperature": ("temperatur", "temperatur", "temperature"),
    "pressure": ("trykk", "trykk", "pressure"),
    "voltage": ("spenning", "spenning", "voltage"),
    "sound level": ("lydnivå", "lydnivå", "sound level"),
}
_COUNT = ("antall {thing}", "talet på {thing}", "the number of {thing}")
_OTHER = ("det som måles i {unit}", "det som blir målt i {unit}", "what is measured in {unit}")
_PROVED = {
    "within": (
        "Bevist for {name}: enhver verdi som er {inner}, er også {outer}, men ikke omvendt.",
        "Prova for {name}: kvar verdi som er {inner}, er òg {outer}, men ikkje omvendt.",
        "Proved for {name}: every value that is {inner} is also {outer}, but not the other way round.",
    ),
    "disjoint": (
        "Bevist for {name}: ingen verdi er både {inner} og {outer}.",
        "Prova for {name}: ingen verdi er både {inner} og {outer}.",
        "Proved for {name}: no value is both {inner} and {outer}.",
    ),
}
_CHARACTERISTIC_ONLY = (
    "Beviset gjelder dette kjennetegnet, ikke resten av definisjonene.",
    "Beviset gjeld dette kjenneteiknet, ikkje resten av definisjonane.",
    "The proof is about this characteristic, not about the rest of the definitions.",
)
_CONCEPTS: dict[Conclusion, tuple[str, str, str]] = {
    "narrower": (
        "Ellers sier definisjonene det samme, så den første er snevrere enn den andre.",
        "Elles seier definisjonane det same, så den første er snevrare enn den andre.",
        "Otherwise the definitions say the same, so the first is narrower than the second.",
    ),
    "broader": (
        "Ellers sier definisjonene det samme, så den første er videre enn den andre.",
        "Elles seier definisjonane det same, så den første er vidare enn den andre.",
        "Otherwise the definitions say the same, so the first is broader than the second.",
    ),
    "disjoint": (
        "Ellers sier definisjonene det samme, så ingenting kan være begge deler.",
        "Elles seier definisjonane det same, så ingenting kan vere begge delar.",
        "Otherwise the definitions say the same, so nothing can be both.",
    ),
}


def sentences(proof: Proof, first: Quantity, second: Quantity) -> dict[str, str]:
    """What is proved, and of what it holds."""
    inner, outer = (second, first) if proof.conclusion == "broader" else (first, second)
    proved = _PROVED["disjoint" if proof.conclusion == "disjoint" else "within"]
    extent = _CONCEPTS[proof.conclusion] if proof.extent == "concept" else _CHARACTERISTIC_ONLY
    return {
        language: " ".join(
            (
                proved[index].format(
                    name=characteristic(proof.characteristic, proof.unit, language),
                    inner=words(inner, language),
                    outer=words(outer, language),
                ),
                extent[index],
            )
        )
        for index, language in enumerate(_LANGUAGES)
    }


def characteristic(family: str, unit: str, language: str) -> str:
    """What the limits of a family bound, as a noun."""
    index = _LANGUAGES.index(language)
    if family.startswith("count "):
        return _COUNT[index].format(thing=unit)
    if family in _NAMES:
        return _NAMES[family][index]
    return _OTHER[index].format(unit=unit_name(unit, language))


def unit_name(unit: str, language: str) -> str:
    """A unit in words; what is counted is its own unit."""
    known = language_data("units")
    return "/".join(known[part]["names"][language] if part in known else part for part in unit.split("/"))
