"""The parts of the finder of legal references: words, names of acts, addresses, places in an act, spelling."""
