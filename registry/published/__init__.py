"""The URIs that the register has published: none is ever used for another kind of thing."""
