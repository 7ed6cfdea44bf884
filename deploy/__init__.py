"""How the registry is started, tested and locked to fixed package versions; see docs/operations.md."""
