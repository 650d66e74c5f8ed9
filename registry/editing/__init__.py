"""Concepts that are written in the register: drafts, their way to publication, and their catalogues."""
