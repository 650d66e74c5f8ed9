"""References to the law in what catalogues say, resolved against the acts that the register holds."""
