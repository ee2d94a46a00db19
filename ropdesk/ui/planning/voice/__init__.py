"""The voice of the customer, and tools that were tried."""
