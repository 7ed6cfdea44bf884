"""Ideas shared within a network: the forms through which they are written, and what has been changed in them."""
