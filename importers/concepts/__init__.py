"""Concepts of the national registration tool, from its tables and its JSON: one record, checked, to triples."""
