"""Files taken together: what each is among the others."""

from cryptography.hazmat.primitives.serialization import Encoding

from certstore.pki.decode import pem_list, pem_text
from certstore.pki.material import MOST_THINGS, Problem, Sort, has_name_lines, look, sort_files
from tests import odd_files
from tests.pki import material
from tests.pki.chains import below, facts, leaf, root, self_signed

SERVER_AUTH = "1.3.6.1.5.5.7.3.1"


def sorts(*files: tuple[str, bytes]) -> list[Sort]:
    return [item.sort for item in sort_files(look(*file) for file in files).items]


def chain():
    top = root("root")
    ca = below(top, "issuing")
    return top, ca, leaf(ca)


def test_a_chain_in_three_files_is_a_root_an_intermediate_and_a_server_certificate():
    top, ca, node = chain()
    assert sorts(("a", node.pem), ("b", ca.pem), ("c", top.pem)) == [
        Sort.SERVER_CERTIFICATE,
        Sort.INTERMEDIATE,
        Sort.ROOT,
    ]


def test_der_and_a_bundle_are_sorted_by_what_they_hold():
    _, ca, node = chain()
    bundle = odd_files.pkcs7_file(node.pem, Encoding.DER)
    assert sorts(("a", ca.der), ("b", bundle)) == [Sort.INTERMEDIATE, Sort.SERVER_CERTIFICATE]


def test_several_cas_in_one_file_and_a_chain_in_one_file_have_names_of_their_own():
    top, ca, node = chain()
    assert sorts(("cas", ca.pem + top.pem), ("all", node.pem + ca.pem)) == [Sort.CAS, Sort.CHAIN]


def test_a_ca_that_does_not_say_so_is_one_as_soon_as_it_issued_another_of_the_files():
    plain = root("old root", ca=False, basic_constraints=False)
    assert sorts(("ca", plain.pem)) == [Sort.SERVER_CERTIFICATE]
    assert sorts(("ca", plain.pem), ("node", leaf(plain).pem)) == [Sort.ROOT, Sort.SERVER_CERTIFICATE]


def test_a_self_signed_ca_that_names_a_host_and_issued_nothing_is_a_servers_own():
    made = root("self-made", sans=["node.example.test"], ekus=[SERVER_AUTH])
    assert sorts(("ca", made.pem)) == [Sort.SERVER_CERTIFICATE]
    assert sorts(("ca", made.pem), ("node", leaf(made).pem)) == [Sort.ROOT, Sort.SERVER_CERTIFICATE]
    assert sorts(("root", root("real").pem), ("own", self_signed().pem)) == [
        Sort.ROOT,
        Sort.SERVER_CERTIFICATE,
    ]


def test_the_list_of_show_all_pem_file_is_a_trust_list_and_takes_the_place_of_the_cas():
    top, ca, node = chain()
    text = pem_list([facts(top)]).encode()
    found = sort_files([look("list.pem", text), look("ca.pem", ca.pem), look("node.pem", node.pem)])
    assert [item.sort for item in found.items] == [
        Sort.TRUST_LIST,
        Sort.INTERMEDIATE,
        Sort.SERVER_CERTIFICATE,
    ]
    assert [ca.subject for ca in found.trusted] == ["CN=root"]
    assert [ca.subject for ca in found.cas] == ["CN=issuing"]


def test_without_a_trust_list_the_cas_are_trusted():
    top, ca, node = chain()
    found = sort_files(look(name, made.pem) for name, made in (("n", node), ("c", ca), ("r", top)))
    assert found.trust_list is None
    assert [ca.subject for ca in found.trusted] == ["CN=issuing", "CN=root"]


def test_a_file_pasted_as_the_trust_list_is_one_without_any_line_of_names():
    top, _, _ = chain()
    found = sort_files([look("pasted", top.pem, is_list=True, is_text=True)])
    assert found.items[0].sort is Sort.TRUST_LIST
    assert found.trust_list is not None


def test_name_lines_are_the_products_and_not_openssls():
    top, ca, _ = chain()
    assert has_name_lines(pem_list([facts(top), facts(ca)]).encode())
    assert has_name_lines(pem_list([facts(top)]).replace("\n", "\r\n").encode())
    assert not has_name_lines(b"subject=CN = root\nissuer=CN = root\n" + top.pem)
    assert not has_name_lines(pem_list([facts(top)]).encode() + ca.pem)
    assert not has_name_lines(b"Dear all,\n" + top.pem)
    assert not has_name_lines(b"")


def test_the_same_certificate_in_two_files_counts_once_and_says_where_it_was_first():
    _, ca, node = chain()
    found = sort_files(
        [look("a.pem", ca.pem), look("b.cer", ca.der), look("n1", node.pem), look("n2", node.pem)]
    )
    assert [item.again for item in found.items] == [
        (),
        (("CN=issuing", "a.pem"),),
        (),
        (("CN=node", "n1"),),
    ]
    assert len(found.cas) == 1
    assert [one.item for one in found.leaves] == [2]


def test_twice_in_one_file_is_once_and_needs_no_word():
    _, ca, _ = chain()
    found = sort_files([look("a.pem", ca.pem + ca.pem)])
    assert found.items[0].again == ()
    assert len(found.items[0].certificates) == 1


def test_a_file_with_a_private_key_is_dropped_whole_and_the_others_go_on():
    _, ca, node = chain()
    found = sort_files([look("both.pem", node.pem + material.key_pem()), look("ca.pem", ca.pem)])
    assert [item.sort for item in found.items] == [Sort.PRIVATE_KEY, Sort.INTERMEDIATE]
    assert found.private_keys == 1
    assert found.items[0].things == ()
    assert found.items[0].given.content.certificates == ()
    assert found.leaves == ()


def test_a_request_a_list_and_a_file_of_no_use_are_named():
    made = material.certificate()
    request = odd_files.request(made.pem, material.key_pem(), Encoding.PEM)
    crl = odd_files.crl(made.pem, material.key_pem(), Encoding.DER)
    assert sorts(("r", request), ("c", crl), ("t", b"hello")) == [Sort.REQUEST, Sort.CRL, Sort.UNUSABLE]


def test_a_request_beside_a_certificate_in_one_text_is_there_as_well():
    made = material.certificate()
    request = odd_files.request(made.pem, material.key_pem(), Encoding.PEM)
    found = sort_files([look("mail", b"Hi\n" + request + made.pem, is_text=True)])
    assert len(found.requests) == len(found.leaves) == 1


def test_what_goes_beyond_the_limit_is_not_looked_into_and_says_so():
    made = material.certificate()
    block = made.pem
    given = [look(f"{number}", block * 900) for number in range(3)] + [look("small", block)]
    found = sort_files(given)
    assert MOST_THINGS == 2000
    assert [item.given.problem for item in found.items] == [None, None, Problem.TOO_MUCH, None]
    assert found.items[2].things == ()


def test_a_certificate_that_cannot_be_decoded_is_counted():
    broken = pem_text(b"\x30\x03\x02\x01\x00").encode()
    found = sort_files([look("a", material.certificate().pem + broken)])
    assert found.items[0].unreadable == 1
