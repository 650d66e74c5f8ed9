"""Documents about one thing as people like to read them: it comes first, and its parts stand where it mentions them."""
