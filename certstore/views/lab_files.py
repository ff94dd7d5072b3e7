"""Files of the lab: certificates that were made for it, or that it was made of, to download and then upload."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certstore.access import lab_file_for, lab_for
from certstore.models import Lab, LabFile
from certstore.reading.labs import fingerprints_of
from certstore.views.page import render_page
from certstore.views.room import room_context
from certstore.wording.labs import FILES

BINARY, BASE_64 = "application/pkix-cert", "application/x-pem-file"


@require_safe
def lab_files(request: HttpRequest, lab_id: UUID) -> HttpResponse:
    """The files, for each server in turn."""
    lab = lab_for(request, lab_id)
    rows = [_row(file) for file in lab.files.select_related("node")]
    context = room_context(request, lab=lab, now=lab.now(), here="lab-files")
    context |= {"lab": lab, "rows": rows, "is_of_checked": any(row["is_checked"] for row in rows)}
    context["tries"] = lab.column == Lab.Explanations.OPEN
    return render_page(request, "lab_files", context)


def _row(file: LabFile) -> dict[str, object]:
    content = bytes(file.content)
    return {
        "name": file.name,
        "what": FILES[file.what].format(server=file.node.host),
        "server": file.node.host,
        "is_checked": file.what.startswith("checked-"),
        "size": len(content),
        "fingerprints": fingerprints_of(content),
    }


@require_safe
def lab_file(request: HttpRequest, lab_id: UUID, name: str) -> HttpResponse:
    """One file, as a download."""
    file = lab_file_for(request, lab_id, name)
    kind = BINARY if file.name.endswith(".cer") else BASE_64
    return HttpResponse(
        bytes(file.content),
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
