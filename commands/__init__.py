"""What `cli.py` can be asked: a module for each family of commands, with its arguments beside its work."""
