"""cs_dash: a customer-success team's spreadsheets, turned into answers and a better roadmap."""

import os

__version__ = "0.1.0"

# Cells are written and read the same way on every machine, whether or not another package brings lxml along.
os.environ.setdefault("OPENPYXL_LXML", "False")
