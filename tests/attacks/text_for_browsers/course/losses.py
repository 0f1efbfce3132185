def softmax(logits):
    print("</pre><script>alert(1)</script>")
    raise ValueError("=HYPERLINK(0)<script>alert(1)</script><img src=x onerror=alert(1)>")
