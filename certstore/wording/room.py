"""The words of the bar and the tabs round every page. All of it is ours."""

TABS: dict[str, str] = {
    "lab": "Overview",
    "lab-files": "Files",
    "lab-history": "History",
    "lab-settings": "Lab settings",
}

# Of a server's tab: the class of its sign, and what the sign says.
SERVER_STATES: dict[str, tuple[str, str]] = {
    "ended": ("bad", "its certificate has expired"),
    "restart": ("warn", "a restart is required"),
    "ends-soon": ("warn", "its certificate expires soon"),
    "valid": ("ok", "its certificate is valid"),
}
