"""Harvesting: sources registered by URL and format, fetched again and again, each run reported.

`sources` says what a source is and keeps them in ``state.db``, `ready_made` has those that need only be switched on,
`running` fetches and imports one, `schedule` decides when.
"""
