"""The command line: a second front end over the same code as the pages. It owns no logic."""

from cs_dash.cli.main import main

__all__ = ["main"]
