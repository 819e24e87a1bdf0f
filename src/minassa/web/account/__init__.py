"""Signing in, second factor, sessions, invitations: what a person does with their own account."""
