"""Names for what is made for one lab: organisations that no other lab has."""

import secrets

# fmt: off
_FIRST = (
    "Alder", "Amber", "Birch", "Bramble", "Cedar", "Clover", "Copper", "Coral", "Elm", "Fern", "Flint",
    "Hazel", "Heather", "Indigo", "Iris", "Ivory", "Juniper", "Larch", "Lilac", "Linden", "Maple", "Marble",
    "Olive", "Pebble", "Poplar", "Quartz", "Rowan", "Saffron", "Slate", "Thistle", "Willow", "Yarrow",
)
_SECOND = (
    "Bay", "Bridge", "Brook", "Cliff", "Cove", "Dale", "Field", "Ford", "Gate", "Glen", "Grove", "Harbour",
    "Heath", "Hill", "Island", "Lake", "Lane", "Marsh", "Meadow", "Mill", "Moor", "Orchard", "Park", "Pass",
    "Point", "Quay", "Ridge", "Shore", "Spring", "Stone", "Valley", "Wharf",
)
# fmt: on


def new_organisation() -> str:
    """Two words a person can say and six hex digits that nobody else has, such as "Amber Quay 3f09ab"."""
    return f"{secrets.choice(_FIRST)} {secrets.choice(_SECOND)} {secrets.token_hex(3)}"
