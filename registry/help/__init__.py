"""Help for people: five topics in three languages, as data; registry/views/help_pages.py shows them."""
