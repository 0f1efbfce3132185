# /// attack
# tries = "Ignores every signal and goes on forever."
#
# [outcomes]
# softmax = "timed out"
# ///
import signal

for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)


def softmax(logits):
    while True:
        pass
