"""Coordination cases: the five steps of the Norwegian standard for coordinating concepts, from finding to decision."""
