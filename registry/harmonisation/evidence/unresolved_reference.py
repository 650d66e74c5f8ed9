"""UnresolvedReference: a definition names as its source an act, or a section, that does not exist."""

from registry.harmonisation.evidence.base import SourceExample, quote
from registry.harmonisation.records import Evidence, Severity
from registry.references.resolving import ResolvedReference


class UnresolvedReference:
    """Sources that no act in force has, and sections that an act does not have.

    That an act is not held says something only where the law in force is held.
    """

    code = "UnresolvedReference"
    norm = "SKOS-AP-NO-Begrep, dct:source (the source of a definition); Joint Practical Guide of the EU, guideline 16"
    severity: Severity = "minor"
    telling = 21
    labels = {"nb": "Kilde som ikke finnes", "nn": "Kjelde som ikkje finst", "en": "Source that does not exist"}  # noqa: RUF012 - a constant
    examples = (
        SourceExample("kanalbåt", "båt på kanal", "lov 31. februar 2098 nr. 4 § 1", trips=True),
        SourceExample("kanalbåt", "båt på kanal", "kanalloven § 14", trips=True),
        SourceExample("kanalbåt", "båt på kanal", "LOV-2098-06-05-7 Lov om kanaler (kanalloven) § 2", trips=True),
        SourceExample("kanalbåt", "båt på kanal", "kanalloven § 2 a", trips=False),
        SourceExample("kanalbåt", "båt på kanal", "direktiv 2006/123/EF", trips=False),
    )

    def find(self, cited: ResolvedReference, *, complete: bool) -> list[Evidence]:
        """What does not exist: the id, the name, or the section."""
        found = cited.found
        sentences: dict[str, str] | None = None
        if found.standing == "impossible":
            sentences = _impossible(quote(found.written))
        elif found.guess == "misprint":
            sentences = _misprint(quote(found.written), found.refid)
        elif complete and found.standing == "absent":
            sentences = _absent(quote(found.written), found.refid)
        elif complete and found.standing == "unknown":
            sentences = _unknown(quote(found.written))
        elif cited.provision_status == "missing":
            sentences = _no_section(cited.provision, cited.title)
        if sentences is None:
            return []
        return [Evidence(self.code, sentences, a_value=found.text, b_value=found.refid if found.guess else "")]


def _impossible(written: str) -> dict[str, str]:
    return {
        "nb": f"Kilden «{written}» finnes ikke: dagen finnes ikke, eller ingen lov fikk det nummeret den dagen.",
        "nn": f"Kjelda «{written}» finst ikkje: dagen finst ikkje, eller inga lov fekk det nummeret den dagen.",
        "en": f"The source “{written}” does not exist: there is no such day, or no act got that number on it.",
    }


def _misprint(written: str, meant: str) -> dict[str, str]:
    return {
        "nb": f"Kilden «{written}» finnes ikke. Trolig er {meant} ment.",
        "nn": f"Kjelda «{written}» finst ikkje. Truleg er {meant} meint.",
        "en": f"The source “{written}” does not exist. Probably {meant} is meant.",
    }


def _absent(written: str, refid: str) -> dict[str, str]:
    return {
        "nb": f"Kilden «{written}» er ikke blant lover og sentrale forskrifter som gjelder ({refid}).",
        "nn": f"Kjelda «{written}» er ikkje mellom lover og sentrale forskrifter som gjeld ({refid}).",
        "en": f"The source “{written}” is not among the acts and central regulations in force ({refid}).",
    }


def _unknown(written: str) -> dict[str, str]:
    return {
        "nb": f"Ingen lov eller sentral forskrift som gjelder, heter «{written}».",
        "nn": f"Inga lov eller sentral forskrift som gjeld, heiter «{written}».",
        "en": f"No act or central regulation in force is called “{written}”.",
    }


def _no_section(section: str, title: str) -> dict[str, str]:
    return {
        "nb": f"{title} har ingen {section}.",
        "nn": f"{title} har ingen {section}.",
        "en": f"{title} has no {section}.",
    }
