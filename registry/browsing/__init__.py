"""Choosing among all that the register describes, by facets: sets of things as bits, counted in microseconds."""
