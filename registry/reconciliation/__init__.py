"""Matching other people's lists with the register: the W3C Reconciliation Service API, as OpenRefine speaks it.

`entities` says what can be matched, `asking` reads queries in both versions of the API, `matching` finds candidates and
`extending` fetches values of what was matched. No Flask here; `registry/views/reconciling.py` gives it addresses.
"""
