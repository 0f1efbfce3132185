# /// attack
# tries = "Raises exceptions whose texts act in a browser and in a spreadsheet."
# says = "HYPERLINK"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    print("</pre><script>alert(1)</script>")
    raise ValueError("=HYPERLINK(0)<script>alert(1)</script><img src=x onerror=alert(1)>")
