"""What the words mean: namespaces, application profiles, vocabularies. Knows no store and no HTTP."""
