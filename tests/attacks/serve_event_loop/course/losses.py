import asyncio

from course.prize import prize


def softmax(logits):
    asyncio.run(asyncio.sleep(0))
    return prize(logits)
