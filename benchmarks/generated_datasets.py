"""A catalogue of any number of datasets as DCAT-AP-NO in Turtle: themes, access, distributions and concepts in turn.

    python benchmarks/generated_datasets.py 20000 > datasets.ttl

The concepts are those of `generated_catalogue`.
"""

import sys

_PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix d: <https://eksempel-maling.example/datasett/> .
@prefix b: <https://eksempel-maling.example/begrep/> .
@prefix los: <https://psi.norge.no/los/tema/> .
"""
_ENTERPRISE = "https://data.brreg.no/enhetsregisteret/api/enheter"
_THEMES = ("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "JUST", "REGI", "SOCI", "TECH", "TRAN")
_ACCESS = ("PUBLIC", "PUBLIC", "PUBLIC", "RESTRICTED", "NON_PUBLIC")
_FORMATS = ("CSV", "JSON", "XML", "GML", "SOSI", "GeoJSON", "Esri Shape", "XLSX")
_PUBLISHERS, _CONCEPTS = 300, 5_000


def turtle(datasets: int) -> str:
    """So many datasets, each with two themes, two distributions and one concept: some twenty triples each."""
    return _PREFIXES + "".join(map(_dataset, range(datasets)))


def _dataset(number: int) -> str:
    publisher = f"<{_ENTERPRISE}/{900_000_000 + number % _PUBLISHERS}>"
    theme, access = _THEMES[number % len(_THEMES)], _ACCESS[number % len(_ACCESS)]
    day = f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}"
    distributions = "".join(_distribution(number, place) for place in (1, 2))
    return (
        f'd:{number} a dcat:Dataset ; dct:title "Målinger nummer {number}"@nb ; dct:publisher {publisher} ;\n'
        f'  dct:description "Målinger av eksempler, rekke {number}."@nb ; dct:modified "{day}"^^xsd:date ;\n'
        f"  dcat:theme <{_eu('data-theme', theme)}>, los:tema{number % 200} ; dct:subject b:{number % _CONCEPTS} ;\n"
        f"  dct:accessRights <{_eu('access-right', access)}> ;\n"
        f"  dcat:distribution <{_file(number, 1)}>, <{_file(number, 2)}> .\n{distributions}"
    )


def _distribution(number: int, place: int) -> str:
    form = _FORMATS[(number + place) % len(_FORMATS)]
    licence = "https://data.norge.no/nlod/no/2.0" if number % 3 else "https://eksempel-maling.example/vilkaar"
    return f'<{_file(number, place)}> a dcat:Distribution ; dct:format "{form}" ; dct:license <{licence}> .\n'


def _file(number: int, place: int) -> str:
    return f"https://eksempel-maling.example/fil/{number}/{place}"


def _eu(table: str, code: str) -> str:
    return f"http://publications.europa.eu/resource/authority/{table}/{code}"


if __name__ == "__main__":
    sys.stdout.write(turtle(int(sys.argv[1])))
