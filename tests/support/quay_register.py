"""A small register for drafts: an invented act about quays, a regulation under it, and a catalogue."""

from importers.base import Source
from registry import pipeline
from registry.services import Services

BASE = "http://localhost:8000"
ACT = f"{BASE}/legislation/lov/2097/03/04/5"
_ACT = """---
tittel: "Lov om kaier (kailova)"
korttittel: "Kailoven – kail"
refid: "lov/2097-03-04-5"
ikrafttredelse: "2020-01-01"
---

# Lov om kaier (kailoven)

#### § 1. Formål

Loven skal gi orden på kaiene.

#### § 2. Definisjoner

I denne loven menes med:

a) kai: anlegg der fartøy på minst 5 meter legger til

b) kaiplass: plass ved kai

#### § 3. (Opphevet)
"""
_REGULATION = """---
tittel: "Forskrift om gjestekaier"
refid: "forskrift/2098-01-02-7"
ikrafttredelse: "2020-01-01"
---

# Forskrift om gjestekaier

#### § 1. Definisjoner

Med gjest menes i denne forskriften person som overnatter ombord.
"""


def fill(services: Services) -> None:
    """Imports it all."""
    sources = (Source("kailova.md", _ACT.encode()), Source("gjestekaier.md", _REGULATION.encode()))
    outcome = pipeline.run(services, pipeline.Request(sources))
    assert not outcome.unreadable


DRAFT = """Forskrift om småkaier
Hjemmel: Fastsatt med hjemmel i lov 4. mars 2097 nr. 5 om kaier § 1.

§ 1 Definisjoner
I denne forskriften menes med:
a) kai: anlegg der fartøy på minst 8 meter legger til
b) gjest: person som overnatter ombord
c) småkai: når det er lite plass, f.eks. en molo

§ 2 Bruk
Gjester kan bruke kaiene i rimelig tid, jf. kailoven § 3 og lov 31. februar 2097 nr. 4. Gjestebåter betaler for kaiplassen.
"""
AMENDING = """Forskrift om endring i lov om kaier

I lov 4. mars 2097 nr. 5 om kaier gjøres følgende endringer:

§ 2 første ledd bokstav a skal lyde:

a) kai: anlegg der fartøy legger til

§ 9 oppheves.

Ny § 4 skal lyde:

§ 4. Gjester

Med gjest menes den som overnatter på kai.
"""
