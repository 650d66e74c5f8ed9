"""Answers in the shapes of Norway's national data directory: its clients read this register by changing the host.

`identifiers` knows the directory's ids, which follow from URIs; `resources` and `concepts` write things as its resource
service does, `searching` as its search service does. No Flask here; `registry/views/national.py` gives them addresses.
"""
