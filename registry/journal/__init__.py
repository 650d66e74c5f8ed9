"""The journal: who changed what, when, and what was there before; one blob a session, named by the provenance graph."""
