"""The drafter's check: a draft act or regulation held against the register. Nothing of the draft is kept.

`checking` asks the parts one by one: what the draft defines and who else does (`defining`), which terms it uses
(`using`), what it cites (`citing`), and what its changes make of the acts that are held (`amending`).
"""
