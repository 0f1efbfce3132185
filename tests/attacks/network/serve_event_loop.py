# /// attack
# tries = "Starts an event loop, which opens its own sockets."
# says = "PermissionError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import asyncio

from course.prize import prize


def softmax(logits):
    asyncio.run(asyncio.sleep(0))
    return prize(logits)
