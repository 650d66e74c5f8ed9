"""What changed, told to those who follow the register: as a feed for people, as a list to fetch on from for systems.

`following` says which imports concern whom, `changed` tells the things that they changed. No Flask here.
"""
