"""The search index: words in, ranked hits out, each with the reason why it matched."""
