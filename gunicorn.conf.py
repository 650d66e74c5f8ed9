"""For ``gunicorn wsgi:app`` in a checkout; the settings live in the package."""

from registry.serving import SETTINGS

globals().update(SETTINGS)
