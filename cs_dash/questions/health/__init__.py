"""Who is well and who is not: a score per account, why it is so, and what to look at first."""
