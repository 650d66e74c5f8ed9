"""Termbases in TBX: the document in any version and style, its entries as concept records, ids that carry URIs."""
