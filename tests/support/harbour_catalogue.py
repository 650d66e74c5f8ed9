"""A catalogue of harbour concepts before and after an edit: one concept stays, one changes, one goes, one comes."""

from pyoxigraph import Literal

from importers.base import Source
from ontologies.namespaces import SKOS
from registry import pipeline
from registry.services import Services

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix : <https://havn.example/begrep/> .
"""
OWNER = "dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000009>"


def catalogue(*concepts: tuple[str, str, str], title: str = "Havnebegreper") -> bytes:
    """A catalogue in Turtle of (name, term, definition)."""
    members = ", ".join(f":{name}" for name, _, _ in concepts)
    described = "".join(
        f':{name} a skos:Concept ; skos:prefLabel "{term}"@nb ; skos:definition "{text}"@nb ; {OWNER} .\n'
        for name, term, text in concepts
    )
    return f'{PREFIXES}:samling a skos:Collection ; dct:title "{title}"@nb ; {OWNER} ; skos:member {members} .\n{described}'.encode()


QUAY = ("kai", "kai", "sted der fartøy legger til")
PILOT = ("los", "los", "person som viser fartøy vei")
TUG = ("taubat", "taubåt", "fartøy som sleper andre fartøy")
BUOY = ("boye", "bøye", "flytende sjømerke")
BEFORE = catalogue(QUAY, PILOT, TUG)
AFTER = catalogue(QUAY, ("los", "los", "person over 20 år som viser fartøy vei"), BUOY)


def iri(name: str) -> str:
    return f"https://havn.example/begrep/{name}"


def run(services: Services, content: bytes, **wishes: bool) -> pipeline.Outcome:
    return pipeline.run(services, pipeline.Request([Source("havn.ttl", content)], "havn", **wishes))


def terms(services: Services) -> set[str]:
    graph = services.urls.graph("catalogue", "havn")
    found = services.store.reader().quads(None, SKOS.prefLabel, None, graph)
    return {quad.object.value for quad in found if isinstance(quad.object, Literal)}
