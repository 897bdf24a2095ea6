"""Why do they leave?"""
