"""How labs begin: recipes that make servers, certificates and files, and put them into a new lab."""

PAIR = "expressway-pair"  # two servers as they come out of the box
WORKING = "working-pair"  # the same, with certificates that all of them trust, Unified CM and Jabber
CLUSTERS = "working-clusters"  # two peers of each role, everything works
RECIPES = (PAIR, WORKING, CLUSTERS)
