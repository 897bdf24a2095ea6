"""Support: what customers need help with, who asks, how long they wait and what it costs."""
