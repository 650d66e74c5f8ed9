"""Taking an import back, with a preview of what that does; what others have changed since stays."""
