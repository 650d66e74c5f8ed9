"""Drafts of acts and regulations as people have them: text, Word, Lovdata's form, Akoma Ntoso. Nothing of them is kept.

A draft need not say which act it is. `reading` reads any of the forms, in a child process (`importers.child`).
"""
