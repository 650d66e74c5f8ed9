"""Links to concepts that are missing: candidates ranked for people, what they decided, and how far each owner has come.

Nothing is linked by itself. What a person accepts stands in the graph of links, outside the catalogue, so that it
survives every import; every decision stays in the graph of decisions.
"""
