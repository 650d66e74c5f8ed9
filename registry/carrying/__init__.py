"""Everything that a register holds, in forms that need no Samsvar to be read, and a register built out of that.

`export` writes it, `rebuild` reads it. A backup is quicker and keeps the files as they are; an export outlives them.
"""
