"""What keepers of the platform do: requests, invitations, accounts, bodies, systems, sign-ins, the table of rights."""
