"""SERVICE: the services that the operator listed are asked before the query is run, by a process that has no data."""
