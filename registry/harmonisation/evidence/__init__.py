"""What makes two definitions disagree: one file per kind, and the tuple EVIDENCE that lists them."""
