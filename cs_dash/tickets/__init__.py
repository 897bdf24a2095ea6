"""Support tickets: what their texts say, which kind they are, and the topics they are about."""
