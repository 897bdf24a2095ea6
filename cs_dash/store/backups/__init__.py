"""A workspace as one file, and back: written while people work with it, checked byte by byte when it is restored."""
