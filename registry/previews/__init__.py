"""What an import would do, shown before it is done, and kept for a while so that it can be accepted."""
