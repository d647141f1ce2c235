"""`python -m govtext`: the `govtext` command, for launchers that start a module."""

from govtext.cli.main import main

main()
