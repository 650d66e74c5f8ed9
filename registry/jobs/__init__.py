"""Uploads and previews that take their time: each in a process of its own, which says how far it has come."""
