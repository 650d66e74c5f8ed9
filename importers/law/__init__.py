"""Acts and regulations as plain data, what they define and how they refer to each other."""
