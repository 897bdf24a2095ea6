"""What should be built next, who decides it, and did it help?"""
