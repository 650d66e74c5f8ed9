"""The formats in which things are described: the page, the RDF syntaxes, the page's data as JSON; concepts as TBX."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.catalogue.termbases import TBX
from registry.views.links import data_address, document_path
from registry.views.rendering import CSV, HTML, JSON
from sparql.formats import DATASET_FORMATS, RDF_FORMATS


@dataclass(frozen=True, slots=True)
class Offer:
    """One format: media type, the document's suffix, what people call it."""

    media_type: str
    suffix: str
    label: str


@dataclass(frozen=True, slots=True)
class OfferedDocument:
    """The document about one thing in one format."""

    media_type: str
    label: str
    href: str


OFFERS: dict[str, Offer] = {
    offer.suffix: offer
    for offer in (
        Offer(HTML, "html", "HTML"),
        *(Offer(syntax.media_type, syntax.suffix, syntax.label) for syntax in (*RDF_FORMATS, *DATASET_FORMATS)),
        Offer(JSON, "json", "JSON"),
        Offer(TBX, "tbx", "TBX"),
    )
}
"""By suffix, in the order of preference where a client takes several equally."""


def offered(media_type: str) -> Offer:
    """The offer with this media type."""
    return next(offer for offer in OFFERS.values() if offer.media_type == media_type)


def offered_documents(uri: str, offers: Iterable[Offer]) -> list[OfferedDocument]:
    """The documents about a thing for machines."""
    return [
        OfferedDocument(offer.media_type, offer.label, document_path(uri, offer.suffix))
        for offer in offers
        if offer.media_type != HTML
    ]


def table_formats() -> list[OfferedDocument]:
    """This page's data, where it is a table too, with the same choices."""
    suffixes = {"csv": CSV, "json": JSON, **{syntax.suffix: syntax.media_type for syntax in RDF_FORMATS}}
    labels = {"csv": "CSV", **{suffix: offer.label for suffix, offer in OFFERS.items()}}
    return [OfferedDocument(kind, labels[suffix], data_address(suffix)) for suffix, kind in suffixes.items()]
