"""Pages of files sent: the drop zone, the list, and one file with its findings on its lines."""
