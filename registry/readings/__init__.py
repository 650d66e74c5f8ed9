"""Sources that were read before, known by their bytes: what came of them is held, so they need not be read again."""
