"""The register itself: pipeline, read models, harmonisation, search, pages, API and command line."""
