"""What the platform stands on: its database server, its processes, its backups. Impure; knows no Django."""
