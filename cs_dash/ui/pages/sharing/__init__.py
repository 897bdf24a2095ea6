"""Sharing a view by a link, the list of links, and what stands above a page that is read by one."""
