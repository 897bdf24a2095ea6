"""Numbers in, numbers out: intervals and survival. No SQL, no tables of ours."""
