"""What follows from the limits of two definitions, proved: one lies within the other, or nothing satisfies both.

A limit is read as the numbers that it lets through (`bounds`, `exact`), two limits of one characteristic are concluded
from (`proof`, `subject`), and the proof is told in words (`phrasing`) and in OWL 2 (`owl`), where any reasoner can
repeat it. Only what is exact is proved: a month is no number of days, and a third no finite decimal.
"""
