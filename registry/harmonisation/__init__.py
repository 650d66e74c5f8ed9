"""Finding and settling disagreement between definitions. Pure functions over DefinitionRecord."""
