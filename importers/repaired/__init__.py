"""A source as it should read, in its own form: what was repaired is marked where it stands, all else is as it came."""
