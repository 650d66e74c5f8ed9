"""Where the triples live and how they are asked: store, generations, query workers, SPARQL protocol."""
