"""What the next step of the first task is, after what was done: a table typed by hand."""

import pytest

from certstore.pki.codes import Code
from certstore.pki.start_here import STEPS, Happening, Need, StepState, progress, refusal

FORMAT, CHAIN, ACCEPTED = Happening.REFUSED_FORMAT, Happening.REFUSED_CHAIN, Happening.ACCEPTED
RESET, RESTARTED = Happening.RESET, Happening.RESTARTED
OLD, NEW = Happening.ANSWERED_OLD, Happening.ANSWERED_NEW
SIGN = {"+": StepState.DONE, ">": StepState.PASSED, "!": StepState.NEXT, ".": StepState.LATER}

# What happened; CAs missing; what is loaded and what runs was uploaded (l, r); the four steps; what is next.
TABLE = [
    # The straight way.
    ((), 2, "", "!...", Need.UPLOAD_BINARY),
    ((FORMAT,), 2, "", "+!..", Need.UPLOAD_BASE_64),
    ((FORMAT, CHAIN), 2, "", "++!.", Need.APPEND_CAS),
    ((FORMAT, CHAIN), 1, "", "++!.", Need.APPEND_CAS),
    ((FORMAT, CHAIN), 0, "", "++!.", Need.UPLOAD_AGAIN),
    ((FORMAT, CHAIN, ACCEPTED), 0, "l", "+++!", Need.ANSWER),
    ((FORMAT, CHAIN, ACCEPTED, OLD), 0, "l", "+++!", Need.RESTART),
    ((FORMAT, CHAIN, ACCEPTED, NEW), 0, "l", "+++!", Need.RESTART),
    ((FORMAT, CHAIN, ACCEPTED, OLD, RESTARTED), 0, "lr", "++++", Need.NOTHING),
    # Again and again, and back and forth.
    ((FORMAT, FORMAT, FORMAT), 2, "", "+!..", Need.UPLOAD_BASE_64),
    ((FORMAT, CHAIN, FORMAT), 2, "", "++!.", Need.APPEND_CAS),
    ((FORMAT, CHAIN, CHAIN), 1, "", "++!.", Need.APPEND_CAS),
    ((FORMAT, CHAIN, ACCEPTED, NEW, OLD), 0, "l", "+++!", Need.RESTART),
    ((FORMAT, CHAIN, ACCEPTED, ACCEPTED), 0, "l", "+++!", Need.ANSWER),
    # A restart before anything was taken is no step; nor is one of an older certificate.
    ((RESTARTED,), 2, "", "!...", Need.UPLOAD_BINARY),
    ((FORMAT, RESTARTED, CHAIN, RESTARTED), 2, "", "++!.", Need.APPEND_CAS),
    # In another order.
    ((CHAIN,), 2, "", ">+!.", Need.APPEND_CAS),
    ((), 0, "", "!>..", Need.UPLOAD_BINARY),
    ((FORMAT,), 0, "", "+>!.", Need.UPLOAD_AGAIN),
    ((CHAIN, FORMAT), 2, "", "++!.", Need.APPEND_CAS),
    ((ACCEPTED,), 0, "l", ">>+!", Need.ANSWER),
    ((ACCEPTED, RESTARTED), 0, "lr", ">>++", Need.NOTHING),
    ((FORMAT, ACCEPTED), 0, "l", "+>+!", Need.ANSWER),
    ((CHAIN, ACCEPTED, RESTARTED), 0, "lr", ">+++", Need.NOTHING),
    # CAs appended, and deleted again.
    ((), 1, "", "!...", Need.UPLOAD_BINARY),
    ((FORMAT,), 1, "", "+!..", Need.UPLOAD_BASE_64),
    ((FORMAT, CHAIN, ACCEPTED), 2, "l", "+++!", Need.ANSWER),
    # Undone before the restart: accepted, then the default certificate again.
    ((FORMAT, CHAIN, ACCEPTED, RESET), 0, "", "++!.", Need.UPLOAD_AGAIN),
    ((FORMAT, CHAIN, ACCEPTED, RESET), 2, "", "++!.", Need.APPEND_CAS),
    ((FORMAT, CHAIN, ACCEPTED, OLD, RESET, ACCEPTED), 0, "l", "+++!", Need.ANSWER),
    ((FORMAT, CHAIN, ACCEPTED, RESET, RESTARTED), 0, "", "++!.", Need.UPLOAD_AGAIN),
    # Undone after it: it was done.
    ((FORMAT, CHAIN, ACCEPTED, OLD, RESTARTED, RESET, RESTARTED), 0, "", "++++", Need.NOTHING),
    ((FORMAT, CHAIN, ACCEPTED, OLD, RESTARTED), 2, "lr", "++++", Need.NOTHING),
    # A renewal after it: still done.
    ((FORMAT, CHAIN, ACCEPTED, OLD, RESTARTED, ACCEPTED), 0, "lr", "++++", Need.NOTHING),
    # A lab whose story is not known: judged on what is there.
    ((), 0, "l", ">>+!", Need.ANSWER),
    ((OLD,), 0, "l", ">>+!", Need.RESTART),
    ((), 0, "lr", ">>++", Need.NOTHING),
]


@pytest.mark.parametrize(("happened", "missing", "flags", "steps", "need"), TABLE)
def test_what_is_next_follows_from_what_was_done(happened, missing, flags, steps, need):
    found = progress(happened, missing_cas=missing, is_loaded="l" in flags, is_running="r" in flags)
    assert found.steps == tuple(SIGN[sign] for sign in steps)
    assert found.need is need
    assert found.is_finished is (need is Need.NOTHING)
    assert found.number == (steps.index("!") + 1 if "!" in steps else STEPS)


def test_the_last_answer_counts_and_a_new_upload_asks_again():
    def answered(*happened):
        return progress(happened, missing_cas=0, is_loaded=True).answer

    assert answered(ACCEPTED, NEW) is NEW
    assert answered(ACCEPTED, NEW, OLD) is OLD
    assert answered(ACCEPTED, OLD, ACCEPTED) is None
    assert answered(ACCEPTED, OLD, RESTARTED, NEW) is OLD


@pytest.mark.parametrize(
    ("code", "means"),
    [
        (Code.FILE_DER_CERTIFICATE, FORMAT),
        (Code.FILE_PKCS7_PEM, FORMAT),
        (Code.FILE_HTML, FORMAT),
        (Code.FILE_BR_TAGS, FORMAT),
        (Code.FILE_MISSING, None),
        (Code.FILE_EMPTY, None),
        (Code.FILE_TOO_LARGE, None),
        (Code.CHAIN_ISSUER_MISSING, CHAIN),
        (Code.CHAIN_CA_ISSUER_MISSING, CHAIN),
        (Code.CHAIN_SELF_SIGNED, CHAIN),
        (Code.CHAIN_EXPIRED, CHAIN),
        (Code.KEY_MISMATCH, None),
        (Code.NO_CLIENT_AUTH, None),
        ("", None),
        ("nobody.knows", None),
    ],
)
def test_only_what_is_about_form_or_chain_is_a_step(code, means):
    assert refusal(str(code)) is means
