"""``python -m registry`` is the command ``samsvar``."""

from registry.cli import main

main()
