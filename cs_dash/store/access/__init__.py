"""What readers did: sign-ins and what ended them, openings of links, downloads."""
