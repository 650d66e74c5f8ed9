"""What follows from an information model by logic: classes that nothing can be in, or that are below themselves.

`contradictions` finds the plain ones, always and at once; `classifying` asks HermiT for the rest, which needs Java and
takes its time, so that its answers are `keeping` for the pages.
"""
