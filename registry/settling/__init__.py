"""Settling disagreement: what people decide about two concepts, and what follows from it."""
