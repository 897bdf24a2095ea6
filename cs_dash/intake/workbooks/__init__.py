"""Workbooks that people fill in and bring back: the template, its examples, rejected rows."""
