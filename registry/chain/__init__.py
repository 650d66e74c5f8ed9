"""The chain from law to life event: what each thing rests on, what rests on it, and whether two of them mean the same.

`links` says by which properties one thing rests on another, `walking` follows them, `legal` joins what cites law by an
address to the provision; `chain`, `impact` and `agreement` are what pages, the API and the command line show of it.
"""
