"""A lab made from another's document: duplicated, or imported from a file; and a lab as a file."""

from uuid import UUID, uuid4

from certstore.actions.certificates import store_certificates, store_crls, store_public_key
from certstore.actions.lab_documents import put_state
from certstore.actions.labs import end_of, raise_if_full, take_a_place
from certstore.actions.writing import lab_read, log_event
from certstore.models import Lab, LabFile, Node, User
from certstore.models.clock import real_now
from certstore.models.writer import fair_write
from certstore.reading.lab_copies import Carried, carried_of, exported
from certstore.reading.lab_document import LAB_FIELDS, Document, document_of, packed
from certstore.wording.points import COPY_OF

LONGEST_NAME = 120


def duplicate(lab_id: UUID, owner: User) -> Lab:
    """Make a second lab of a person's own that is what the first one is. Raises TooManyLabs, LabGone."""
    raise_if_full(owner)
    with lab_read(lab_id) as lab:
        document = document_of(lab)
        carried = carried_of(lab, document)
    name = COPY_OF.format(name=document["lab"]["name"])[:LONGEST_NAME]
    return make_from(owner, document | {"lab": document["lab"] | {"name": name}}, carried, "lab.copied")


def export(lab_id: UUID) -> bytes:
    """A lab as one file, with everything it names. Raises LabGone."""
    with lab_read(lab_id) as lab:
        document = document_of(lab)
        carried = carried_of(lab, document)
    return exported(document, carried)


def make_from(owner: User, document: Document, carried: Carried, code: str) -> Lab:
    """Make a lab that is what a document says, or none at all.

    In: whose it is, a document that is in order (the form that read a file has seen to it), what it names, and the
    code of the event. Out: the lab, with servers of its own ids. Its days begin now. Raises TooManyLabs.
    """
    at = real_now()
    with fair_write():
        take_a_place(owner)
        fields = {name: document["lab"][name] for name in LAB_FIELDS}
        lab = Lab.objects.create(owner=owner, expires_at=end_of(fields["kind"], at), **fields)
        store_certificates(lab, carried.certificates)
        store_crls(lab, carried.crls)
        for key in carried.keys:
            store_public_key(lab, key)
        nodes = [_new_node(lab, server, carried) for server in document["servers"]]
        put_state(lab, document, nodes)
        lab.start = packed(document_of(lab))
        lab.save(update_fields=["start"])
        log_event(lab, None, code, {}, lab.now())
    return lab


def _new_node(lab: Lab, server: Document, carried: Carried) -> Node:
    """A server with its files; `put_state` gives it its name and what it holds."""
    node = Node.objects.create(lab=lab, kind=server["kind"], host=uuid4().hex, address=server["address"])
    LabFile.objects.bulk_create(
        LabFile(
            lab=lab,
            node=node,
            name=file["name"],
            what=file["what"],
            position=file["position"],
            content=carried.files[file["sha256"]],
        )
        for file in server["files"]
    )
    return node
