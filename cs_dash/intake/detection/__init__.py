"""Where in a sheet the table is, which table it feeds, and which column is which field."""
