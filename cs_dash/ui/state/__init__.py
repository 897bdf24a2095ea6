"""What is remembered between two runs of a page: the address, the session, answers, uploads that wait."""
