"""How slips show in the syntax tree of a learner's function.

Each function yields where, and the words for the gaps of what `slips` says of it.
"""

import ast
import re
from collections.abc import Iterator
from itertools import chain

from autograder.diagnosis.source.syntax import (
    Source,
    added_up,
    called,
    continued,
    counts_both,
    owner,
)

Found = Iterator[
    tuple[ast.AST, *tuple[str, ...]]
]  # where, and the words for the gaps of what to say
TYPED_SIGN = re.compile(r"[\w\])] *=([-+])\s")
COUNTING = ("range", "int", "max", "min", "zeros", "empty")  # what takes whole numbers
TYPED = ("zeros_like", "empty_like", "ones_like", "full_like", "array", "asarray", "copy")
ORDERS = ("permutation", "shuffle", "permuted")
GUARDS = ("max", "amax", "maximum", "minimum", "clip", "where", "tanh", "abs", "logaddexp")


def power_sign(source: Source) -> Found:
    """`^` for a power."""
    for node in source.all(ast.BinOp):
        if isinstance(getattr(node, "op", None), ast.BitXor):
            yield (node,)


def is_whole_division(node: ast.AST) -> bool:
    """Whether a node is a division by `//`."""
    return isinstance(getattr(node, "op", None), ast.FloorDiv)


def whole_division(source: Source) -> Found:
    """`//` where a fraction is meant: not in an index, a range or a count."""
    for node in source.all(ast.BinOp, ast.AugAssign):
        above = source.above(node)
        if (
            is_whole_division(node)
            and not counts_both(node)
            and not any(
                isinstance(outer, (ast.Subscript, ast.UnaryOp))  # -(-a // b) rounds up
                or (isinstance(outer, ast.Call) and called(outer) in COUNTING)
                for outer in above
            )
        ):
            yield (node,)


def matrices(source: Source) -> Found:
    """Matrices instead of arrays."""
    for node in source.calls("matrix", "mat", "asmatrix"):
        yield node, called(node)


def math_of_an_array(source: Source) -> Found:
    """A function of `math` for a whole array."""
    for node in source.all(ast.Call):
        if isinstance(node, ast.Call) and owner(node) == "math":
            yield node, called(node)


def axis_for_a_number(source: Source) -> Found:
    """Two arguments of np.max where np.maximum is meant."""
    for node in source.calls("max", "min", "amax", "amin"):
        two = len(node.args) > 1 and not isinstance(node.args[1], ast.Constant)
        if owner(node) in ("np", "numpy") and two:
            yield node, called(node), "maximum" if "max" in called(node) else "minimum"


def shape_for_a_number(source: Source) -> Found:
    """A whole shape in a computation."""
    shapes = {
        name
        for name, values in source.assigned.items()
        if all(isinstance(value, ast.Attribute) and value.attr == "shape" for value in values)
    }
    for node in source.all(ast.BinOp, ast.Call):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp):
            parts = [node.left, node.right]
        elif isinstance(node, ast.Call) and called(node) == "range":
            parts = node.args
        for part in parts:
            whole = isinstance(part, ast.Attribute) and part.attr == "shape"
            if whole or (isinstance(part, ast.Name) and part.id in shapes):
                yield node, ast.unparse(part)


def shuffled_to_nothing(source: Source) -> Found:
    """What shuffle returns."""
    for node in source.calls("shuffle"):
        if not isinstance(next(source.above(node)), ast.Expr):
            yield (node,)


def shuffled_arguments(source: Source) -> Found:
    """The caller's arrays shuffled."""
    for node in source.calls("shuffle"):
        first = source.meaning(ast.unparse(node.args[0])) if node.args else ""
        if first in source.parameters:
            yield node, first


def drawn_with_replacement(source: Source) -> Found:
    """Examples drawn one by one where each has its turn."""
    if any(source.calls(*ORDERS)):
        return
    for node in source.calls("choice", "choices", "integers", "randint"):
        once = any(keyword.arg == "replace" for keyword in node.keywords) or len(node.args) > 2
        if not once and any(isinstance(argument, (ast.Name, ast.Call)) for argument in node.args):
            yield node, called(node)


def one_step_an_epoch(source: Source) -> Found:
    """Epochs without a loop over the examples."""
    for node in source.calls("example_gradient"):
        kinds = {*map(type, source.above(node))}
        alone = source.loops(node) == 1 and not kinds & {ast.ListComp, ast.GeneratorExp}
        if "epochs" in source.parameters and alone:
            yield (node,)


def one_order_for_all(source: Source) -> Found:
    """An order drawn before the epochs."""
    drawn = [*source.calls(*ORDERS)]
    if drawn and "epochs" in source.parameters and not any(map(source.loops, drawn)):
        yield (drawn[0],)


def padded_ends(source: Source) -> Found:
    """np.convolve with its own mode."""
    for node in source.calls("convolve"):
        if len(node.args) < 3 and not node.keywords:
            yield (node,)


def return_in_a_loop(source: Source) -> Found:
    """A return at the end of a loop's body."""
    for node in source.all(ast.For, ast.While):
        last = getattr(node, "body", [None])[-1]
        if isinstance(last, ast.Return):
            yield (last,)


def type_of_the_argument(source: Source) -> Found:
    """An array of the type of an argument, which may be of whole numbers, that is written into."""
    filled = {
        ast.unparse(node.value)
        for node in source.all(ast.Subscript)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
    }
    for name in (name_ for name_ in source.assigned if name_ in filled):
        for value in source.assigned[name]:
            if not isinstance(value, ast.Call) or called(value) not in TYPED:
                continue
            of = value.args[0] if value.args else getattr(value.func, "value", None)
            says_type = len(value.args) > 1 or any(
                keyword.arg == "dtype" for keyword in value.keywords
            )
            if isinstance(of, ast.Name) and not says_type and not source.is_float(of.id):
                yield value, name, of.id


def setting_outside_the_object(source: Source) -> Found:
    """A setting of the object by its bare name."""
    attributes = {setting: name for name, setting in source.settings.items()}
    for method in source.updates:
        own = {argument.arg for argument in method.args.args} | {*source.assigned}
        for node in ast.walk(method):
            if isinstance(node, ast.Name) and node.id in attributes.keys() - own:
                yield node, node.id, attributes[node.id]


def changed_setting(source: Source) -> Found:
    """A setting changed at each update."""
    for node in chain(*map(ast.walk, source.updates)):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()) if name in source.settings:
                yield node, f"self.{name}"


def state_that_starts_again(source: Source) -> Found:
    """What an object keeps, made again at each update."""
    for method in source.updates:
        for line in method.body:
            if not isinstance(line, ast.Assign):
                continue
            value, name = line.value, ast.unparse(line.targets[0])
            zeros = isinstance(value, ast.Call) and called(value) in ("zeros", "zeros_like")
            zeros = zeros or (isinstance(value, ast.Constant) and value.value == 0)
            if zeros and any(name == kept for kept in continued(method)):
                yield line, name


def called_where_returned(source: Source) -> Found:
    """A function called where it is to be returned."""
    for node in source.all(ast.Return):
        value = getattr(node, "value", None)
        if isinstance(value, ast.Call) and not isinstance(value.func, ast.Attribute):
            yield node, called(value)


def word_for_a_condition(source: Source) -> Found:
    """`x == "a" or "b"`, `elif "b":`."""
    for node in source.all(ast.BoolOp, ast.If, ast.IfExp, ast.While):
        values = getattr(node, "values", [])[1:] or [getattr(node, "test", None)]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value, value.value


def sign_after_equals(source: Source) -> Found:
    """`w =- step` for `w -= step`."""
    for node in source.all(ast.Assign):
        if found := TYPED_SIGN.search(source.lines[node.lineno - 1]):
            yield node, found[1]


def returned_exception(source: Source) -> Found:
    """An exception that is returned."""
    for node in source.all(ast.Return):
        value = getattr(node, "value", None)
        if isinstance(value, ast.Call) and called(value).endswith("Error"):
            yield node, called(value)


def lengths_for_shapes(source: Source) -> Found:
    """Numbers of rows or of elements compared, where shapes are meant."""
    for node in source.all(ast.Compare):
        sides = [node.left, *node.comparators]
        for name in ("len", "size"):
            if all(
                (isinstance(side, ast.Call) and called(side) == name)
                or (isinstance(side, ast.Attribute) and side.attr == name)
                for side in sides
            ):
                yield node, name


def largest_of_arrays(source: Source) -> Found:
    """The built-in max, or min, of an array and something else."""
    for node in source.calls("max", "min"):
        if len(node.args) > 1 and isinstance(node.func, ast.Name):
            yield node, node.func.id


def method_without_self(source: Source) -> Found:
    """A method that does not take its object."""
    for method in source.methods if isinstance(source.definition, ast.ClassDef) else ():
        if "self" not in [argument.arg for argument in method.args.args]:
            yield method, method.name


def pair_for_values(source: Source) -> Found:
    """Eigenvalues and eigenvectors in one, where the eigenvalues are meant."""
    taken = {ast.unparse(node.value) for node in source.all(ast.Subscript)}
    taken |= {
        ast.unparse(node.value) for node in source.all(ast.Attribute) if node.attr == "eigenvalues"
    }
    for node in source.calls("eig", "eigh"):
        above = next(source.above(node))
        name = above.targets[0] if isinstance(above, ast.Assign) else None
        if isinstance(name, ast.Name) and name.id not in taken:
            yield node, called(node)


def whole_columns(source: Source) -> Found:
    """Columns where one entry of each row is meant."""
    for node in source.all(ast.Subscript):
        index = node.slice
        if isinstance(index, ast.Tuple) and len(index.elts) == 2:
            rows, columns = index.elts
            name = ast.unparse(columns)
            made_of = "".join([name, *map(ast.unparse, source.assigned.get(name, []))])
            if isinstance(rows, ast.Slice) and rows.upper is None and "argmax(" in made_of:
                yield node, name


def spectral_norm(source: Source) -> Found:
    """The norm of order 2, which is another one for a table."""
    for node in source.calls("norm"):
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        order = node.args[1] if len(node.args) > 1 else given.get("ord")
        is_two = isinstance(order, ast.Constant) and order.value == 2
        if is_two and "axis" not in given and len(node.args) < 3:
            yield (node,)


def loss_for_a_slope(source: Source) -> Found:
    """The loss itself handed to backward."""
    for node in source.calls("backward"):
        for part in node.args:
            values = source.assigned.get(part.id, []) if isinstance(part, ast.Name) else [part]
            if any(isinstance(value, ast.Call) and called(value) == "loss" for value in values):
                yield (node,)


def divided_in_the_loop(source: Source) -> Found:
    """A sum divided in the loop that adds it up."""
    for loop in source.all(ast.For):
        body = getattr(loop, "body", [])
        for line in body:
            name, operation = "", None
            if isinstance(line, ast.AugAssign):
                name, operation = ast.unparse(line.target), line.op
            elif isinstance(line, ast.Assign) and isinstance(line.value, ast.BinOp):
                name, operation = ast.unparse(line.targets[0]), line.value.op
                name = name if name == ast.unparse(line.value.left) else ""
            if isinstance(operation, ast.Div) and name in added_up(body):
                yield line, name


def full_batch_sizes(source: Source) -> Found:
    """A loss weighted by the size that most batches have."""
    for node in source.all(ast.BinOp):
        if isinstance(node.op, ast.Mult) and "batch_size" in map(
            ast.unparse, (node.left, node.right)
        ):
            yield (node,)


def sum_that_goes_on(source: Source) -> Found:
    """A sum that is not set back to 0 for each round of the outer loop."""
    for outer in source.all(ast.For):
        body = getattr(outer, "body", [])
        lines = [line for line in body if not isinstance(line, ast.For)]
        for inner in (line for line in body if isinstance(line, ast.For)):
            for name in added_up(inner.body):
                reads = [line for line in lines if name in names_in(line)]
                starts = any(
                    isinstance(line, ast.Assign) and name == ast.unparse(line.targets[0])
                    for line in lines
                )
                zero = {
                    getattr(value, "value", None) == 0 for value in source.assigned.get(name, [])
                }
                if reads and not starts and zero == {True}:
                    yield reads[0], name


def targets_as_places(source: Source) -> Found:
    """One-hot rows used as column numbers."""
    for node in source.all(ast.Subscript):
        index = getattr(node, "slice", None)
        if isinstance(index, ast.Tuple) and len(index.elts) == 2:
            first, second = map(ast.unparse, index.elts)
            made_of = [*map(ast.unparse, source.assigned.get(second, [])), second]
            from_targets = any("targets" in text for text in made_of)
            if "arange" in first and from_targets and "argmax" not in "".join(made_of):
                yield (node,)


def unguarded_exponential(source: Source) -> Found:
    """np.exp of whatever comes."""
    exponentials = [*source.calls("exp")]
    if exponentials and not any(source.calls(*GUARDS)):
        yield (exponentials[0],)


def flattened(source: Source) -> Found:
    """Arguments made flat."""
    for node in source.calls("ravel", "flatten", "reshape", "squeeze"):
        yield (node,)


def names_in(node: ast.AST) -> set[str]:
    """All names in a part of a tree."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
