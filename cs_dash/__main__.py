"""`python -m cs_dash`."""

from cs_dash.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
