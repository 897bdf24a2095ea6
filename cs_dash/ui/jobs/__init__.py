"""Background work: derivation after a load, prefetched answers, long loads."""
