"""Random samples of tickets that people checked, and the share that they make right."""
