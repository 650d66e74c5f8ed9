"""What holds for models, datasets, services and events in RDF: their parts, and how they are named and counted."""
