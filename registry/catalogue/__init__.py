"""Read models: one module and its queries per kind of thing that the register holds."""
