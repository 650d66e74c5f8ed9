"""A store that a SPARQL 1.1 service keeps; see docs/decisions/0009-remote-stores.md."""
