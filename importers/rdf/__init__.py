"""Reading RDF in any syntax: by content, repaired where it must be, salvaged where a strict parser gives up."""
