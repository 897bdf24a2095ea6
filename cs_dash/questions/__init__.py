"""Questions: pure functions from rows and a scope to an `Answer`. One folder per page; no slice imports another."""
