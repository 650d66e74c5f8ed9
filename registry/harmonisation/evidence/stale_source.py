"""StaleSource: a definition names as its source an act, or a section, that is no longer in force."""

from importers.legal_references import LegalReference
from registry.harmonisation.evidence.base import SourceExample, quote
from registry.harmonisation.records import Evidence, Severity
from registry.references.resolving import ResolvedReference


class StaleSource:
    """Sources that have ceased to be in force."""

    code = "StaleSource"
    norm = "SKOS-AP-NO-Begrep, dct:source (the source of a definition); Joint Practical Guide of the EU, guideline 16"
    severity: Severity = "minor"
    telling = 22
    labels = {"nb": "Utdatert kilde", "nn": "Utdatert kjelde", "en": "Source no longer in force"}  # noqa: RUF012 - a constant
    examples = (
        SourceExample("kanalbåt", "båt på kanal", "ligningsloven § 2-1", trips=True),
        SourceExample("kanalbåt", "båt på kanal", "LOV-2051-02-03-9 Lov om kanaler (kanalloven) § 2", trips=True),
        SourceExample("kanalbåt", "båt på kanal", "kanalloven § 3", trips=True),
        SourceExample("kanalbåt", "båt på kanal", "kanalloven § 2", trips=False),
        SourceExample("kanalbåt", "båt på kanal", "Store norske leksikon", trips=False),
    )

    def find(self, cited: ResolvedReference, *, complete: bool) -> list[Evidence]:  # noqa: ARG002 - as all kinds
        """The act that has ceased, or the section that is repealed."""
        found = cited.found
        if found.standing == "ended":
            sentences = _of_act(cited)
        elif cited.provision_status == "repealed":
            sentences = _of_section(cited)
        else:
            return []
        return [Evidence(self.code, sentences, a_value=found.text, b_value=found.successor)]


def _of_act(cited: ResolvedReference) -> dict[str, str]:
    text, year = quote(cited.found.text), _year(cited.found)
    instead = cited.found.successor
    return {
        "nb": f"Kilden «{text}» gjelder ikke lenger{f' (opphørt {year})' if year else ''}"
        + (f"; i stedet gjelder {instead}." if instead else "."),
        "nn": f"Kjelda «{text}» gjeld ikkje lenger{f' (oppheva {year})' if year else ''}"
        + (f"; i staden gjeld {instead}." if instead else "."),
        "en": f"The source “{text}” is no longer in force{f' (since {year})' if year else ''}"
        + (f"; {instead} took its place." if instead else "."),
    }


def _year(found: LegalReference) -> str:
    return found.ended[:4]


def _of_section(cited: ResolvedReference) -> dict[str, str]:
    section, title = cited.provision, cited.title
    return {
        "nb": f"Kilden {section} i {title} er opphevet.",
        "nn": f"Kjelda {section} i {title} er oppheva.",
        "en": f"The source {section} of {title} has been repealed.",
    }
