"""What the retention and cohort pages have beside their answers."""
