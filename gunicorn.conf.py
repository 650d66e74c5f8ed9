"""For ``gunicorn wsgi:app`` in a checkout; the settings live in the package."""

from registry.serving import *  # noqa: F403 - gunicorn reads module globals
