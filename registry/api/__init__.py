"""The JSON API: lists that all page, filter, sort and select alike, and what OpenAPI says of every operation.

No Flask here: the routes are in views/api_lists.py and views/api_description.py.
"""
