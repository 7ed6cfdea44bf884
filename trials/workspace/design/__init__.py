"""The design of an evaluation, kept step by step: what it lacks, its forms, and how far it has come."""
