"""The rehearsal room: labs with simulated Expressways, and what they say to certificates."""
