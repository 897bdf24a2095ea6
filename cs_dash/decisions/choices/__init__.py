"""What decisions about goals and collaboration choose from: metrics, and the subjects of the self-assessment."""
