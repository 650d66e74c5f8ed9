"""How good descriptions are: indicators with points, conformance to the profiles, checks of concept collections.

Reads graphs of catalogues and writes to none. What is measured of a catalogue is kept in `figures.db`, with its past.
"""
