"""Files come in as bytes and leave as typed rows plus a list of problems; nothing is silently changed."""
