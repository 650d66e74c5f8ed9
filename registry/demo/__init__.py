"""The bundled sample data (*eksempeldata*): invented publishers, catalogues, acts, models and datasets.

Plain files and one table; nothing here knows an importer. README.md beside this module says which disagreements
are deliberate and what each of them shows.
"""

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sample:
    """One bundled file.

    `catalogue_id` is the id of the named graph that it fills; `publisher` the invented nine-digit organisation number
    ("" for acts); `title` what people call it, for forms of exchange that carry no title (CSV, JSON).
    """

    file: str
    catalogue_id: str
    publisher: str
    title: str


SAMPLES: tuple[Sample, ...] = (
    Sample("eksempel-skatt.ttl", "eksempel-skatt", "999000001", "Begreper i skatt (eksempeldata)"),
    Sample("eksempel-velferd.ttl", "eksempel-velferd", "999000003", "Begreper i arbeid og velferd (eksempeldata)"),
    Sample("eksempel-foretak.ttl", "eksempel-foretak", "999000004", "Begreper om foretak (eksempeldata)"),
    Sample("eksempel-statistikk.jsonld", "eksempel-statistikk", "999000005", "Begreper i statistikk (eksempeldata)"),
    Sample("eksempel-eiendom.csv", "eksempel-eiendom", "999000006", "Begreper om eiendom (eksempeldata)"),
    Sample("eksempel-utdanning.json", "eksempel-utdanning", "999000007", "Begreper i utdanning (eksempeldata)"),
    Sample("eksempellov-familiestotte.xml", "lov-2099-01-01-1", "", "Eksempelfamiliestøtteloven (eksempeldata)"),
    Sample(
        "eksempelforskrift-familiestotte.xml",
        "for-2099-03-01-7",
        "",
        "Eksempelforskrift om familiestøtte (eksempeldata)",
    ),
    Sample("eksempellov-studiestotte.xml", "lov-2099-02-15-3", "", "Eksempelstudiestøttelova (eksempeldata)"),
    Sample(
        "eksempel-modell-inntekt.ttl",
        "eksempel-modell-inntekt",
        "999000001",
        "Informasjonsmodeller for skatt (eksempeldata)",
    ),
    Sample(
        "eksempel-modell-foretak.ttl",
        "eksempel-modell-foretak",
        "999000004",
        "Informasjonsmodeller om foretak (eksempeldata)",
    ),
    Sample("eksempel-foretak-api.yaml", "eksempel-foretak-api", "999000004", "Foretaksoppslag (eksempeldata)"),
    Sample(
        "eksempel-foretak-rolle.schema.json",
        "eksempel-foretak-rolle",
        "999000004",
        "Rollemelding (eksempeldata)",
    ),
    Sample("eksempel-datasett.ttl", "eksempel-datasett", "999000008", "Datasett og datatjenester (eksempeldata)"),
)
"""In loading order: concepts first, an act before the regulation given under it, then what refers to concepts."""


def sample_sources() -> list[tuple[str, bytes, str]]:
    """Name, bytes and catalogue id of every sample, in loading order; works from a wheel as from a checkout."""
    folder = files(__name__)
    return [(sample.file, folder.joinpath(sample.file).read_bytes(), sample.catalogue_id) for sample in SAMPLES]
