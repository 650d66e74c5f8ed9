"""Concept catalogues in every dialect of SKOS-AP-NO, brought to version 2, and what comes with them."""
