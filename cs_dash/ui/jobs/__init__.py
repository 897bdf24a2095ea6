"""Work that runs beside the page: what follows a load, answers computed ahead, long loads."""
