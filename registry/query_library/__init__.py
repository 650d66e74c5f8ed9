"""The query library: what comes with the register (sparql.queries), and what its users save."""
