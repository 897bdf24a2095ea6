"""What a cell says: dates, numbers, money, flags, and how each column writes them."""
