"""One session: its bounds, its callbacks, and that nothing of one is left for the next."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.exercises.manifest import exercise
from autograder.exercises.oracles.recorded_training import RecordedTraining, exact_losses
from autograder.grading.grade import grade
from autograder.protocol.channel import Channel
from autograder.protocol.formulas import MAX_ANSWERED
from autograder.protocol.operations import Operation
from autograder.sandbox.limits import MIB, Limits
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded
from autograder.sandbox.session import Namespace, Session, Slope, Verdict, with_formula
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

Open = Callable[..., Session]


@pytest.fixture
def session(sandbox: Sandbox) -> Iterator[Open]:
    """Opens sessions on one module, with their own limits, and ends them."""
    opened = []
    usual = sandbox.limits

    def open_session(code: str, **limits: Any) -> Session:
        usual = {"call_seconds": 60.0, "session_seconds": 300.0, "answer": 4 * MIB}
        sandbox.limits = Limits(**{**usual, **limits})
        opened.append(sandbox.open({"course/losses.py": code.encode()}))
        return opened[-1]

    yield open_session
    sandbox.limits = usual
    for loaded in opened:
        loaded.close()


def call(session: Session, name: str, *arguments: Any, seconds: float | None = None) -> Any:
    """What a function of the module returns."""
    return session.perform(
        Operation.CALL, ["losses", name], list(arguments), {}, 0, seconds=seconds
    )[0]


def ending(session: Session, name: str, *arguments: Any) -> SessionEnded:
    """How the session ends by a call."""
    with pytest.raises(SessionEnded) as ended:
        call(session, name, *arguments)
    with pytest.raises(SessionEnded):  # and it stays ended
        call(session, name, *arguments)
    return ended.value


# -- bounds -----------------------------------------------------------------------------------


SPIN = "def spin():\n    while True:\n        pass\n\ndef one():\n    return 1\n"


def test_session_ends_a_call_that_takes_too_long(session: Open) -> None:
    ended = ending(session(SPIN, call_seconds=0.3), "spin")
    assert (ended.outcome, ended.message) == (Outcome.TIMED_OUT, "no answer within 0.3 s")


def test_session_gives_a_call_a_limit_of_its_own(session: Open) -> None:
    with pytest.raises(SessionEnded, match=r"no answer within 0\.2 s"):
        call(session(SPIN), "spin", seconds=0.2)


def test_session_ends_where_its_computing_time_is_used_up(session: Open) -> None:
    deaf = "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"  # to the softer limit
    ended = ending(session(deaf + SPIN, cpu_seconds=1), "spin")
    assert ended.outcome is Outcome.TIMED_OUT
    assert "1 seconds of computing" in ended.message


def test_session_ends_where_all_calls_together_take_too_long(session: Open) -> None:
    waiting = session("import time\ndef wait():\n    time.sleep(0.2)\n", session_seconds=0.5)
    ended = None
    for _ in range(5):
        try:
            call(waiting, "wait")
        except SessionEnded as error:
            ended = error
            break
    assert ended is not None
    assert (ended.outcome, ended.message) == (
        Outcome.TIMED_OUT,
        "the 0.5 s of the session were used up",
    )


BIG = "import numpy\ndef big(*_):\n    return numpy.zeros(1 << 17)\n\ndef one():\n    return 1\n"


def test_session_ends_where_too_much_is_to_be_kept(session: Open) -> None:
    chatty = session(BIG, kept=3 * MIB)
    call(chatty, "big")
    call(chatty, "big")
    assert ending(chatty, "big").outcome is Outcome.OUT_OF_MEMORY


def test_session_counts_what_a_value_takes_in_memory(session: Open) -> None:
    # 50 kB on the way, 64 times as much here
    lists = session("def lists():\n    return [[] for _ in range(50_000)]\n", kept=3 * MIB)
    assert ending(lists, "lists").outcome is Outcome.OUT_OF_MEMORY


def test_session_takes_no_answer_far_larger_than_its_question(session: Open) -> None:
    lavish = session(BIG, answer=64 << 10)
    with pytest.raises(Raised, match="UnreadableResult"):
        call(lavish, "big")
    assert call(lavish, "one") == 1  # it goes on
    assert call(lavish, "big", np.zeros(1 << 13)).size == 1 << 17  # a sixteenth of the answer


def test_session_tells_how_long_its_process_computed(session: Open) -> None:
    code = "import time\ndef spin():\n    while time.process_time() < 0.3:\n        pass\n"
    spinning = session(code)
    before = spinning.cpu_seconds()
    call(spinning, "spin")
    assert spinning.cpu_seconds() >= max(before, 0.25)
    spinning.close()
    assert spinning.cpu_seconds() >= 0.25


def test_session_takes_a_large_submission(sandbox: Sandbox) -> None:
    files = {f"course/m{number}.py": b"#" * (2 * MIB) for number in range(3)}
    opened = sandbox.open({**files, "course/losses.py": b"def one():\n    return 1\n"})
    assert call(opened, "one") == 1
    opened.close()


def test_session_keeps_the_first_of_what_is_printed(session: Open) -> None:
    code = "def talk():\n    print('\\x1b[31mé' * 100_000)\n    raise ValueError\n"
    talking = session(code, printed=1000)
    with pytest.raises(Raised):
        call(talking, "talk")
    talking.close()
    assert talking.printed().startswith("\x1b[31mé")  # as it is: whoever shows it cleans it
    assert len(talking.printed().encode()) <= 1002  # a letter cut in half becomes a mark of 3 bytes


def test_session_shows_paths_as_the_learner_knows_them(session: Open) -> None:
    with pytest.raises(Raised) as raised:
        call(session("def broken():\n    return 1 / 0\n"), "broken")
    assert raised.value.kinds[:2] == ["ZeroDivisionError", "ArithmeticError"]
    assert raised.value.frames == [["course/losses.py", 2, "broken", "return 1 / 0"]]


def test_session_names_what_is_not_there(session: Open) -> None:
    with pytest.raises(NotThere) as missing:
        call(session("def sofmax():\n    pass\n"), "softmax")
    assert missing.value.names == ["sofmax"]


# -- nothing stays ----------------------------------------------------------------------------

LEAVE = """
import builtins, os, random, sys, threading, numpy

def leave():
    builtins.left = sys.left = numpy.left = os.environ["LEFT"] = "here"
    sys.modules["left"] = sys
    random.seed(1)
    numpy.seterr(all="raise")
    open("left.txt", "w").write("here")
    threading.Thread(target=threading.Event().wait, daemon=True).start()

def found():
    return [name for name, there in {
        "builtins": hasattr(builtins, "left"), "sys": hasattr(sys, "left"),
        "numpy": hasattr(numpy, "left"), "modules": "left" in sys.modules,
        "environment": "LEFT" in os.environ, "file": os.path.exists("left.txt"),
        "threads": threading.active_count() > 1, "files": sorted(os.listdir(".")) != ["course"],
        "errors": numpy.geterr()["divide"] != "warn"}.items() if there]

def draws():
    return [random.random(), float(numpy.random.random()), hash("x"), id(None) > 0]
"""


def test_session_finds_nothing_of_the_one_before(session: Open) -> None:
    first = session(LEAVE)
    call(first, "leave")
    assert len(call(first, "found")) == 9
    beside = session(LEAVE)  # while the first still lives
    assert call(beside, "found") == []
    first.close()
    assert call(session(LEAVE), "found") == []


def test_session_repeats_what_is_drawn_at_random(session: Open) -> None:
    assert call(session(LEAVE), "draws") == call(session(LEAVE), "draws")


# -- callbacks --------------------------------------------------------------------------------

USE = """
import threading
import numpy as np

def use(function, times):
    return sum(function(np.ones(2)) for _ in range(times))

def use_in_threads(function, threads, times):
    results = []
    def work(number):
        for _ in range(times):
            results.append(function(np.full(2, float(number))) == 2.0 * number)
    started = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return [len(results), all(results)]

kept = []

def keep(function):
    kept.append(function)

def use_kept():
    return kept[0](np.ones(2))

def use_oddly(function):
    found = []
    for odd in (None, "x", b"x", [], {}, [[1], [2, 3]], 1j, float("nan"), function, use, object(),
                np.zeros((0, 3)), np.zeros(480), np.array(["x"]), 10**30):
        try:
            found.append(repr(type(function(odd))))
        except RuntimeError as error:
            found.append(str(error)[:80])
    return found

def answer(value):
    return value

def hand_back(function):
    return function

def flood(function):
    while True:
        function(np.zeros(480))
"""


def total(values: Any) -> float:
    """The sum of an array."""
    return float(np.asarray(values, dtype=float).sum())


def test_callbacks_are_counted_and_keep_their_order(session: Open) -> None:
    seen: list[float] = []

    def note(values: Any) -> float:
        seen.append(len(seen))
        return total(values)

    assert call(session(USE), "use", note, 20_000) == 40_000.0
    assert seen == list(range(20_000))


def test_callbacks_may_come_from_threads(session: Open) -> None:
    seen = []

    def note(values: Any) -> float:
        seen.append(threading.current_thread())
        return total(values)

    assert call(session(USE), "use_in_threads", note, 8, 50) == [400, True]
    assert set(seen) == {threading.current_thread()}  # here, one after the other


def test_callbacks_after_their_call_end_the_session(session: Open) -> None:
    keeping = session(USE)
    call(keeping, "keep", total)
    ended = ending(keeping, "use_kept")
    assert ended.outcome is Outcome.PROTOCOL_VIOLATION
    assert "after its call was over" in ended.message


def test_callbacks_that_replace_a_function_stay(session: Open) -> None:
    replaced = session(USE)
    replaced.perform(Operation.REPLACE, "losses", "answer", total)
    for _ in range(3):
        assert call(replaced, "answer", [1.0, 2.0]) == 3.0


def test_callbacks_with_odd_arguments_are_refused_one_by_one(session: Open) -> None:
    odd = session(USE)
    found = call(odd, "use_oddly", total)
    assert len(found) == 15
    assert sum("was passed in raised" in message for message in found) >= 8
    assert call(odd, "answer", 1) == 1  # and the session goes on


def test_callbacks_that_return_odd_things_are_refused(session: Open) -> None:
    for odd in (object(), {1, 2}, np.array([object()]), np.zeros(3 * MIB), threading.Lock()):

        def strange(values: Any, odd: Any = odd) -> Any:
            return odd

        with pytest.raises(Raised, match="cannot be sent"):
            call(session(USE), "use", strange, 1)


def test_callbacks_that_the_check_has_seen_enough_of_end_the_call(session: Open) -> None:
    class Enough(Verdict):
        pass

    def judge(values: Any) -> float:
        raise Enough

    enough = session(USE)
    with pytest.raises(Enough):
        call(enough, "use", judge, 3)
    assert call(enough, "answer", 1) == 1


def test_callbacks_are_bounded_in_number(session: Open) -> None:
    ended = ending(session(USE, callbacks=100), "use", total, 101)
    assert (ended.outcome, ended.message) == (Outcome.PROTOCOL_VIOLATION, "too many callbacks")


def test_callbacks_are_bounded_in_size(session: Open) -> None:
    flooding = session(USE, kept=MIB)
    assert ending(flooding, "flood", total).outcome is Outcome.OUT_OF_MEMORY
    assert "far larger arguments" in ending(session(USE, callback=2048), "flood", total).message


def test_callbacks_that_answer_more_allow_no_larger_arguments(session: Open) -> None:
    code = "def use(function, values):\n    while True:\n        values = function(values)\n"

    def double(values: Any) -> Any:
        return np.concatenate([values, values])

    ended = ending(session(code), "use", double, np.ones(400))
    assert ended.outcome is Outcome.PROTOCOL_VIOLATION
    assert "far larger arguments" in ended.message


def test_callbacks_may_take_as_much_as_was_given(session: Open) -> None:
    code = "def use(function, values):\n    return function(values * 1.0)\n"
    values = np.ones(100_000)
    assert call(session(code), "use", total, values) == 100_000.0


def test_callbacks_come_back_as_themselves(session: Open) -> None:
    handing = session(USE)
    assert call(handing, "hand_back", total) is total
    tools = Namespace(first=total, second=abs)
    assert call(handing, "hand_back", tools) is tools


@pytest.mark.parametrize("exercises", [("gradient_descent",), ("training_step",)])
def test_exercises_survive_callbacks_from_threads(
    sandbox: Sandbox, exercises: tuple[str, ...]
) -> None:
    from autograder.maintain.make import solution_text

    name = exercises[0]
    module = exercise(name).module
    code = solution_text(module) + (
        "\nimport concurrent.futures, functools\n"
        f"_plain = {name}\n"
        f"def {name}(*arguments, **keywords):\n"
        "    with concurrent.futures.ThreadPoolExecutor(2) as pool:\n"
        "        return pool.submit(_plain, *arguments, **keywords).result()\n"
    )
    submission = Submission("ada", {f"course/{module}.py": code.encode()})
    result = grade(submission, sandbox, [exercise(name) for name in exercises])
    assert result.score == result.max_score


# -- answered on the learner's side ---------------------------------------------------------------

KNOWN = """
import numpy as np

def walk(gradient, steps, ask=None):
    weights = np.ones(2)
    for step in range(steps):
        weights -= 0.1 * gradient(weights)  # in place: what was told must be a copy
        if ask is not None and step == 1:
            ask(weights)
    return weights

def keep(gradient):
    walk.kept = gradient

def use_kept():
    return walk.kept(np.ones(2))

def oddly(gradient):
    for arguments in ((), (1, 2), ("x",), (np.ones(3),), ([1.0, 2.0],)):
        try:
            gradient(*arguments)
        except RuntimeError:
            continue

def boom():
    raise ValueError("boom")

def train(network, loss, optimizer, inputs, targets, listed):
    losses = []
    for step in range(4):
        rows = inputs.tolist() if step == listed else inputs
        outputs = network.forward(rows)
        losses.append(loss(outputs, targets))
        gradient = network.backward(2 * (outputs - targets) / len(targets))
        network.set_weights(optimizer.update(network.get_weights(), gradient))
    return losses
"""


@pytest.mark.parametrize("listed", [None, 0, 2])
def test_formulas_that_share_values_are_asked_once_one_of_them_was(
    session: Open, sent: list[Any], listed: int | None
) -> None:
    inputs, targets = np.array([[1.0, 2.0], [0.5, -1.0], [2.0, 0.0]]), np.array([1.0, 2.0, 3.0])
    batches = [(inputs, targets)] * 4
    right = exact_losses(np.ones(2), batches, 0.1, 0.5).astype(float)
    training = RecordedTraining(np.ones(2), learning_rate=0.1, momentum=0.5)
    opened = session(KNOWN)
    sent.clear()
    given = (training.network, training.loss, training.optimizer, inputs, targets, listed)
    np.testing.assert_allclose(call(opened, "train", *given), right)
    assert len(training.calls) == 6 * 4
    asked = 0 if listed is None else 5 * (4 - listed)
    assert len(sent) == 1 + asked


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What this side sends."""
    messages: list[Any] = []
    send = Channel.send

    def noting(channel: Channel, message: Any, *others: Any, **named: Any) -> None:
        messages.append(message)
        send(channel, message, *others, **named)

    monkeypatch.setattr(Channel, "send", noting)
    return messages


def test_formula_spares_exchanges_and_every_call_is_heard_in_order(
    session: Open, sent: list[Any]
) -> None:
    seen: list[Any] = []
    bowl = with_formula(Slope(2.0, np.zeros(2)), seen.append, "gradient")
    opened = session(KNOWN)
    sent.clear()
    result = call(opened, "walk", bowl, 4, lambda weights: seen.append(("asked", weights)))
    right = 0.8 ** np.arange(5)
    np.testing.assert_allclose(result, [right[4]] * 2)
    assert [each[0] if isinstance(each, tuple) else "told" for each in seen] == [
        *("told", "told", "asked", "told", "told")
    ]
    told = [each[1] if isinstance(each, tuple) else each for each in seen]
    np.testing.assert_allclose(np.array(told)[:, 0], right[[0, 1, 2, 2, 3]])
    assert len(sent) == 2  # the question, and what was asked on the way


def test_formula_ends_where_calls_are_many(session: Open, sent: list[Any]) -> None:
    seen: list[Any] = []
    opened = session(KNOWN)
    sent.clear()
    call(opened, "walk", with_formula(Slope(0.0, np.zeros(2)), seen.append), MAX_ANSWERED + 5)
    assert len(seen) == MAX_ANSWERED + 5
    assert len(sent) == 1 + 5


def test_formula_does_not_hide_a_verdict(session: Open) -> None:
    def refuse(weights: Any) -> None:
        if weights[0] < 1:
            raise Verdict("it moved")

    opened = session(KNOWN)
    with pytest.raises(Verdict, match="it moved"):
        call(opened, "walk", with_formula(Slope(1.0, np.zeros(2)), refuse), 9)
    assert call(opened, "walk", with_formula(Slope(1.0, np.zeros(2))), 0)[0] == 1.0  # it goes on


def test_formula_asks_about_what_it_does_not_take(session: Open, sent: list[Any]) -> None:
    opened = session(KNOWN)
    sent.clear()
    call(opened, "oddly", with_formula(Slope(1.0, np.zeros(2)), lambda weights: None))
    assert len(sent) == 1 + 5


def test_formula_after_its_call_ends_the_session(session: Open) -> None:
    opened = session(KNOWN)
    call(opened, "keep", with_formula(Slope(1.0, np.zeros(2))))
    assert "after its call was over" in ending(opened, "use_kept").message


# -- several at once ------------------------------------------------------------------------------


SEVERAL = """
import numpy as np

def double(x):
    return 2 * x

def boom(x):
    raise ValueError("boom")

def big():
    return np.zeros(1 << 20)

def call(function):
    return function(np.ones(2))

def spin():
    while True:
        pass
"""


def announced(session: Session, *operations: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Announce calls of functions of the module: name, arguments, and names of arguments."""
    asked = [(Operation.CALL, ["losses", name], *operands) for name, *operands in operations]
    session.announce([*map(list, asked)])
    return asked


def test_several_are_asked_at_once_and_answered_one_by_one(session: Open, sent: list[Any]) -> None:
    opened = session(SEVERAL)
    sent.clear()
    announced(
        opened,
        ("double", [1], {}),
        ("boom", [1], {}),
        ("duoble", [1], {}),
        ("big", [], {}),
        ("double", [], {"x": np.ones(2)}),
    )
    assert opened.following()[0] == 2
    with pytest.raises(Raised, match="boom") as raised:
        opened.following()
    assert raised.value.frames[0][:2] == ["course/losses.py", 8]
    with pytest.raises(NotThere) as missing:
        opened.following()
    assert missing.value.target == "losses.duoble"
    with pytest.raises(Raised, match="UnreadableResult"):  # and the others are read all the same
        opened.following()
    np.testing.assert_array_equal(opened.following()[0], [2.0, 2.0])
    assert len(sent) == 1
    assert call(opened, "double", 3) == 6


def test_several_may_call_back(session: Open) -> None:
    seen: list[float] = []

    def note(values: Any) -> float:
        seen.append(float(values[0]))
        return 1.0

    opened = session(SEVERAL)
    announced(opened, ("call", [note], {}), ("double", [1], {}), ("call", [note], {}))
    assert opened.following()[0] == 1.0
    assert seen == [1.0]  # the grader hears of a call when its answer is asked for
    assert [opened.following()[0], opened.following()[0]] == [2, 1.0]


def test_several_that_are_not_waited_for_are_settled(session: Open) -> None:
    opened = session(SEVERAL)
    announced(opened, ("double", [1], {}), ("boom", [1], {}), ("double", [2], {}))
    assert opened.following()[0] == 2
    assert call(opened, "double", 5) == 10
    opened.settle()


def test_several_end_the_session_at_the_one_that_takes_too_long(session: Open) -> None:
    opened = session(SEVERAL, call_seconds=0.5)
    announced(opened, ("double", [1], {}), ("spin", [], {}), ("double", [1], {}))
    assert opened.following()[0] == 2
    with pytest.raises(SessionEnded) as ended:
        opened.following()
    assert ended.value.outcome is Outcome.TIMED_OUT
    opened.settle()
