"""Large catalogues in Turtle and line-based RDF, read record by record: what is in order is never made into objects."""
