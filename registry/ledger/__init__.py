"""Working documents in ``state.db``: fields that people write, entry by entry. Nothing that anybody wrote is lost."""
