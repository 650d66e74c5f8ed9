"""What an organisation publishes, but for concepts, of which there may be thousands: those have lists of their own."""

from registry.catalogue.data_services import data_services
from registry.catalogue.datasets import datasets
from registry.catalogue.information_models import ModelLine, information_models
from registry.catalogue.public_services import events, public_services
from registry.catalogue.resources import ResourceLine
from registry.catalogue.texts import Language, Reference
from sparql.store import Reader


def published(reader: Reader, organisation: str, language: Language) -> dict[str, list[Reference]]:
    """Models, datasets, APIs, services and events by kind and title; a kind of which there are none is left out."""
    listed: dict[str, tuple[ModelLine | ResourceLine, ...]] = {
        "informationModel": information_models(reader, language),
        "dataset": datasets(reader, language),
        "dataService": data_services(reader, language),
        "service": public_services(reader, language),
        "event": events(reader, language),
    }
    found = {
        kind: [line.reference for line in lines if line.publisher is not None and line.publisher.uri == organisation]
        for kind, lines in listed.items()
    }
    return {kind: things for kind, things in found.items() if things}
