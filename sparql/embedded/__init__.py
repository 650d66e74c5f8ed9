"""The store in a directory: generations, one writer, any number of readers, backup and restore."""
