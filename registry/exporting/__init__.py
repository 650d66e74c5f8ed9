"""Information models given out in forms that validate data: SHACL shapes and JSON Schema."""
