"""Who may write: tokens, kept outside the triple store, and what their roles allow."""
