"""The values of cells: dates, numbers, money, flags, and how each column writes them."""
