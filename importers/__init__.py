"""Bytes in, triples and a report out: one file per format, plus repair and legal references."""
