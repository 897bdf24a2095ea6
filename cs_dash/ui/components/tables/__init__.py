"""Tables as HTML: read, sorted, searched and opened by links, so that all of their state is in the address."""
