"""How surely two definitions say the same, and which of four labels fits: learned from pairs that people labelled.

`features` turns a compared pair into numbers, `model` weighs them with coefficients that are a data file, `training`
makes such a file and says by cross-validation how good it is.
"""
