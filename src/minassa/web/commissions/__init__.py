"""Pages of the commissions of the federation: the public sheet of each, its space, its sessions."""
