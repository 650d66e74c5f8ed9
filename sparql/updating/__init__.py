"""SPARQL Update: evaluated where it can be killed, known change by change before anything is written."""
