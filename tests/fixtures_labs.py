"""Two people with a filled lab each. A lab's keys are made once a run; the rows are new for every test."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from django.test import Client

from certstore.actions.labs import make_example_lab, make_lab
from certstore.models import Lab, Node, User
from certstore.models.clock import real_now
from certstore.scenarios import WORKING, recipes
from certstore.scenarios.expressway_pair import EXAMPLE_SERVERS
from certstore.scenarios.recipes import MadeLab
from certstore.wording.corrected import correct
from certstore.wording.evidence import Sentence


@pytest.fixture(scope="session")
def made_servers() -> MadeLab:
    """The servers of `lab`: the same keys and certificates all through a run."""
    return recipes.make(EXAMPLE_SERVERS, real_now())


@pytest.fixture(scope="session")
def other_made_servers() -> MadeLab:
    """The servers of `other_lab`."""
    return recipes.make(EXAMPLE_SERVERS, real_now())


@pytest.fixture
def owner(db: None) -> User:
    """The person whose labs a test is about."""
    return User.objects.create_user("owner")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody else."""
    return User.objects.create_user("stranger")


@pytest.fixture
def lab(owner: User, made_servers: MadeLab) -> Lab:
    """The owner's example lab."""
    return make_example_lab(owner, made_servers)


@pytest.fixture
def other_lab(stranger: User, other_made_servers: MadeLab) -> Lab:
    """The stranger's example lab: the same names of files, other certificates."""
    return make_example_lab(stranger, other_made_servers)


@pytest.fixture
def working_lab(owner: User, made_servers: MadeLab) -> Lab:
    """A second lab of the owner's, in which everything works."""
    return make_lab(owner, Lab.Kind.PRACTISE, "Working lab", "X14.3", made=made_servers, recipe=WORKING)


@pytest.fixture
def exp_c(lab: Lab) -> Node:
    """The Expressway-C of the owner's lab."""
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_C)


@pytest.fixture
def exp_e(lab: Lab) -> Node:
    """The Expressway-E of the owner's lab."""
    return lab.nodes.get(kind=Node.Kind.EXPRESSWAY_E)


@pytest.fixture
def owner_client(owner: User) -> Client:
    """A browser in which the owner is signed in."""
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def stranger_client(stranger: User) -> Client:
    """A browser in which the stranger is signed in."""
    client = Client()
    client.force_login(stranger)
    return client


@pytest.fixture
def corrected() -> Iterator[Callable[[Mapping[str, Sentence]], None]]:
    """A function that puts corrections in force; after the test what was in force before is so again."""
    before = correct({})

    def put_in_force(sentences: Mapping[str, Sentence]) -> None:
        correct(sentences)

    yield put_in_force
    correct(before)


@pytest.fixture
def working(owner: User, made_servers: MadeLab) -> Lab:
    """A lab of the owner's in which everything works."""
    return make_lab(owner, Lab.Kind.PRACTISE, "Works", "X14.3", made=made_servers, recipe=WORKING)


@pytest.fixture
def working_cucm(working: Lab) -> Node:
    """The Unified CM of the lab in which everything works."""
    return working.nodes.select_related("lab").get(kind=Node.Kind.CUCM)


@pytest.fixture
def exp_e_of_working(working: Lab) -> Node:
    """Its Expressway-E."""
    return working.nodes.get(kind=Node.Kind.EXPRESSWAY_E)
