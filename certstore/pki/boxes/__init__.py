"""Real servers, read from what they write out: diagnostic log archives, pages copied as text, a handshake."""
