"""An example: the terms of a catalogue in bokmål, and the gravest findings, of the register at an address.

``python docs/client/terms.py http://localhost:8000 eksempel-skatt``
"""

import sys

from samsvar_client import Client


def main(address: str, catalogue: str) -> None:
    """Prints them."""
    client = Client(address)
    page = client.list_concepts(catalogue=catalogue, language="nb", fields=["uri", "term"], size=50)
    for concept in client.follow(page):
        print(concept["term"], concept["uri"])
    for finding in client.list_findings(severity="critical", size=3)["items"]:
        print("critical:", finding["term"], finding["uri"])


if __name__ == "__main__":
    main(*sys.argv[1:])
