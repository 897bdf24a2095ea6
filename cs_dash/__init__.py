"""cs_dash: a customer-success team's spreadsheets, turned into answers and a better roadmap."""

__version__ = "0.1.0"
