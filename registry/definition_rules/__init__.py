"""Rules for definitions (ISO 704, Termlosen, Språkrådet): what one definition breaks, and what concepts score.

`rules.toml` has every rule with its norm, weight, words in three languages and examples; a module has how it is found.
Nothing is said to be wrong: a rule is broken here, people judge.
"""
