"""The words of Windows' certificate viewer, as Cisco's own steps name them."""

from certstore.wording.evidence import Sentence
from certstore.wording.sources import seen

SENTENCES: dict[str, Sentence] = {
    "details": seen("Details", "T221624"),
    "copy-to-file": seen("Copy to File", "T221624"),
    "base-64": seen("Base-64 encoded", "T221624"),
    "certification-path": seen("Certification Path", "T221624"),
    "view-certificate": seen("View Certificate", "T221624"),
}
