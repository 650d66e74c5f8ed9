"""Looking into a query before the engine does, on tokens: the gate, dialects, parameters, text search."""
