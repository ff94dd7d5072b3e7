"""The words of the drawn chain that belong to no code: its signs, and what joins its boxes. All of it is ours."""

# One sign a state (pki.picture.LinkState), so that no state is told by colour alone; beside it stand words.
SIGNS: dict[str, str] = {
    "missing": "?",
    "not-trusted": "✕",
    "wrong-key": "≠",
    "not-a-ca": "✕",
    "expired": "✕",
    "not-yet-valid": "✕",
    "refused": "✕",
    "this-file": "●",
    "sent": "→",
    "in-list": "✓",
}
UNKNOWN_SIGN = "·"
SIGNED = "signs"
GAP = "… {count} more between them …"
KEY_ID = "Key identifier {key_id}"
NO_NAME = "-"
SUMMARY = "The chain from the top: {places}."
