"""Answers in the form of Skosmos' REST API, version 1, so that its clients read this register by changing the host.

A vocabulary is a catalogue with concepts, by its id; law is no vocabulary. `hierarchy` knows what is wider than what,
`vocabularies` what there is, `concepts` what is said of one concept, `finding` looks words up. No Flask here.
"""
