"""Who may see and do what: readers, links, people and roles, and the copies that hold only what a reader may see.

A front end asks here once who its reader is; from then on it works on the reader's workspace, with the reader's rights.
"""

from cs_dash.sharing.readers import LOCAL, NOBODY, Limits, Reader
from cs_dash.store.acting import ALL_RIGHTS, Actor, Right

__all__ = ["ALL_RIGHTS", "LOCAL", "NOBODY", "Actor", "Limits", "Reader", "Right"]
