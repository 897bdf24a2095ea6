"""Typed rows on their way into a table: keys, amounts, exchange rates, habits of vendors."""
