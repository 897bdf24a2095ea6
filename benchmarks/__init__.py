"""What is measured against what, as ratios of two things measured side by side in one run."""
