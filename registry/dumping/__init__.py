"""All data at once: each catalogue, and the register whole, in every syntax, with sizes and checksums.

`contents` says what there is to dump and writes it piece by piece, `files` keeps what ``samsvar dump`` made,
`description` tells the national directory and VoID of it. No Flask here.
"""
