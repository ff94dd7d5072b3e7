"""The rules of the house as functions: one module of code goes in, what breaks the rule comes out."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

# A room may import from its own line and from those below it.
LAYERS = (
    ("expressway_sim", "manage"),
    ("views", "api", "templatetags", "management", "urls", "apps", "checks", "middleware", "middleware_htmx"),
    ("access", "forms", "throttle"),
    ("actions", "scenarios"),
    ("reading",),
    ("models",),
    ("wording",),
    ("pki",),
)
HEIGHT = {room: len(LAYERS) - line for line, rooms in enumerate(LAYERS) for room in rooms}
FACES = frozenset(LAYERS[1])
PURE = frozenset({"pki", "wording"})
PURE_LIBRARIES = frozenset(sys.stdlib_module_names) | {"cryptography", "OpenSSL"}
CLOCK = "certstore.models.clock"

# The server that `manage.py serve` starts is the one that serves everything.
ALLOWED_UP = frozenset({("certstore.management.server", "expressway_sim.wsgi.application")})

LONGEST_MODULE = 400
LONGEST_FUNCTION = 30

# The tuples that are policies: each rule in them says where it comes from.
POLICIES = frozenset({"CHECKS", "WARNINGS"})
POLICY_MODULES = frozenset(
    f"certstore.pki.{page}" for page in ("server_certificate", "server_warnings", "trusted_ca")
)

# What may hand mark-up to a template: with `format_html`, which escapes whatever it is given.
MARKUP_ALLOWED = frozenset(
    {("certstore.templatetags.say", "format_html"), ("certstore.templatetags.term", "format_html")}
)


@dataclass(frozen=True)
class Module:
    """One module of code."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """Which room of the house it stands in."""
        parts = self.name.split(".")
        return parts[1] if parts[0] == "certstore" and len(parts) > 1 else parts[0]


Rule = Callable[[Module], Iterator[str]]


def modules_below(*folders: str) -> list[Module]:
    """Every module of these folders, but for migrations, which Django writes."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                found.append(Module(name, path.read_text("utf-8")))
    return found


def imported(module: Module) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it; a relative import starts with a dot."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def imports_point_down(module: Module) -> Iterator[str]:
    """A room imports from its own layer and those below, by full names."""
    if module.name == "certstore":
        return
    if module.room not in HEIGHT:
        yield f"{module.name} stands in no layer"
        return
    for name in imported(module):
        if name.startswith("."):
            yield f"{module.name} imports {name}, not by its full name"
        elif name.startswith(("certstore.", "expressway_sim")):
            room = Module(name, "").room
            is_above = HEIGHT.get(room, len(LAYERS) + 1) > HEIGHT[module.room]
            if is_above and (module.name, name) not in ALLOWED_UP:
                yield f"{module.name} imports {name} from above"


def pure_rooms_import_what_is_pure(module: Module) -> Iterator[str]:
    """`pki` and `wording` import the standard library, cryptography, OpenSSL and each other."""
    if module.room not in PURE:
        return
    for name in imported(module):
        parts = name.split(".")
        if parts[0] not in PURE_LIBRARIES and (parts[0] != "certstore" or parts[1] not in PURE):
            yield f"{module.name} imports {name}"


_READS_TIME = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "gmtime", "localtime", "ctime"},
    "timezone": {"now", "localtime", "localdate"},
}
_TIME_ITSELF = frozenset(
    {
        "time.time",
        "time.time_ns",
        "time.localtime",
        "django.utils.timezone.now",
        "django.utils.timezone.localdate",
    }
    | {"django.db.models.functions.Now"}
)


def only_the_clock_reads_the_time(module: Module) -> Iterator[str]:
    """Real time is read in models/clock.py; everything else is handed a moment."""
    if module.name == CLOCK:
        return
    yield from (f"{module.name} imports {name}" for name in imported(module) if name in _TIME_ITSELF)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).rpartition(".")[2]
            if node.attr in _READS_TIME.get(owner, ()):
                yield f"{module.name}:{node.lineno} reads {owner}.{node.attr}"
        elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield f"{module.name} has a field with {node.arg}"


def no_signals(module: Module) -> Iterator[str]:
    """What happens is called by name."""
    for name in imported(module):
        if name.startswith("django.dispatch") or ".signals" in name:
            yield f"{module.name} imports {name}"


def no_overridden_save(module: Module) -> Iterator[str]:
    """A row is written as the caller says."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name in ("save", "save_base", "delete"):
                    yield f"{module.name}:{method.lineno} overrides {method.name} in {node.name}"


def faces_reach_rows_through_the_door(module: Module) -> Iterator[str]:
    """A face names a model class in annotations, for its enums and its exceptions; never to fetch or make a row."""
    if module.room not in FACES:
        return
    classes = {
        name.rpartition(".")[2]
        for name in imported(module)
        if name.startswith("certstore.models.") and name.rpartition(".")[2][0].isupper()
    }
    tree = module.tree
    harmless = _harmless_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in classes and node not in harmless:
            yield f"{module.name}:{node.lineno} uses the model class {node.id}"
        elif isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "get_model"):
            yield f"{module.name}:{node.lineno} reaches for .{node.attr}"
    for name in imported(module):
        if name.endswith((".get_object_or_404", ".get_list_or_404")):
            yield f"{module.name} imports {name}"


def _harmless_names(tree: ast.AST) -> set[ast.AST]:
    """The nodes in annotations and exception handlers, and the `Lab` of `Lab.Kind` or `Lab.DoesNotExist`."""
    harmless: set[ast.AST] = set()
    for node in ast.walk(tree):
        within: list[ast.AST | None] = []
        if isinstance(node, ast.arg | ast.AnnAssign):
            within.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            within.append(node.returns)
        elif isinstance(node, ast.ExceptHandler):
            within.append(node.type)
        elif isinstance(node, ast.Attribute) and node.attr[0].isupper():
            within.append(node.value)
        harmless.update(inner for part in within if part is not None for inner in ast.walk(part))
    return harmless


def policy_of(module: Module) -> list[str]:
    """The names of the rules in a module's policies, in their order."""
    found: list[str] = []
    for node in module.tree.body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        if isinstance(target, ast.Name) and target.id in POLICIES and isinstance(node, ast.AnnAssign):
            assert isinstance(node.value, ast.Tuple)
            found += [ast.unparse(element) for element in node.value.elts]
    return found


def rules_name_their_source(module: Module) -> Iterator[str]:
    """Each rule of a policy stands in its module, and the last thing its docstring says is its source."""
    if module.name not in POLICY_MODULES:
        return
    functions = {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}
    for name in policy_of(module):
        said = ast.get_docstring(functions[name]) if name in functions else None
        last = (said or "").split("\n\n")[-1]
        if not re.match(r"Source: \S", last):
            yield f"{module.name}.{name} does not say where it comes from"


def modules_are_short(module: Module) -> Iterator[str]:
    """Fewer than 400 lines."""
    lines = module.text.count("\n")
    if lines >= LONGEST_MODULE:
        yield f"{module.name} has {lines} lines"


def functions_are_short(module: Module) -> Iterator[str]:
    """Fewer than 30 lines, the docstring not counted."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if body and (lines := (body[-1].end_lineno or 0) - body[0].lineno + 1) >= LONGEST_FUNCTION:
                yield f"{module.name}:{node.lineno} {node.name} has {lines} lines"


def modules_say_what_they_are(module: Module) -> Iterator[str]:
    """A module with anything in it begins with a docstring."""
    if module.text.strip() and not ast.get_docstring(module.tree):
        yield f"{module.name} has no docstring"


def _comments(module: Module) -> Iterator[tuple[int, str]]:
    """The comments with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def nothing_is_left_to_do(module: Module) -> Iterator[str]:
    """No comment puts work off."""
    for line, comment in _comments(module):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", comment):
            yield f"{module.name}:{line} {comment}"


def exceptions_have_a_reason(module: Module) -> Iterator[str]:
    """Where a tool is told to look away, words say why."""
    for line, comment in _comments(module):
        silences = re.search(r"#\s*(noqa|type:\s*ignore)", comment)
        reasoned = re.search(
            r"# (noqa: [A-Z0-9, ]+ --? |type: ignore\[[\w, -]+\] +(#|--?) ).*[A-Za-z]{2}", comment
        )
        if silences and not reasoned:
            yield f"{module.name}:{line} {comment}"


def nothing_is_marked_safe(module: Module) -> Iterator[str]:
    """Mark-up comes from templates, which escape; what is allowed besides stands in MARKUP_ALLOWED."""
    for node in ast.walk(module.tree):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        dangerous = (
            "mark_safe",
            "SafeString",
            "SafeText",
            "SafeData",
            "html_safe",
            "format_html",
            "format_html_join",
        )
        if name in dangerous and (module.name, name) not in MARKUP_ALLOWED:
            yield f"{module.name}:{getattr(node, 'lineno', 0)} uses {name}"


CODE_RULES: tuple[Rule, ...] = (
    imports_point_down,
    pure_rooms_import_what_is_pure,
    only_the_clock_reads_the_time,
    no_signals,
    no_overridden_save,
    faces_reach_rows_through_the_door,
    rules_name_their_source,
    modules_are_short,
    functions_are_short,
    modules_say_what_they_are,
    nothing_is_marked_safe,
)
EVERYWHERE: tuple[Rule, ...] = (nothing_is_left_to_do, exceptions_have_a_reason)
