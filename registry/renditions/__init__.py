"""A thing's statements as documents: in a syntax, and by the profile that a client knows."""
