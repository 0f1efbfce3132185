"""What a file is: a notebook by its name, or by its content something else than Python."""

import re

SAVE = "Save it as plain text in UTF-8, with the ending .py"
KINDS = (  # what it begins with, without white space; what it is; what to do
    (rb"\xff\xfe|\xfe\xff", "is text in UTF-16, which Python does not read", SAVE),
    (rb"\{\\rtf", "is a document in rich text (RTF), not a Python file", SAVE),
    (rb"<(!doctype|html|\?xml)", "is a web page, not a Python file", "Download the file itself"),
    (rb"PK\x03\x04", "is a zip file or an office document, not a Python file", SAVE),
    (rb"%PDF", "is a PDF, not a Python file", SAVE),
    (
        rb"\{\s*\"(cells|metadata|nbformat)\"",
        "is a notebook, not a Python file",
        "Copy the functions into a text file with the ending .py",
    ),
    (rb"```", "begins with ``` as code in a chat does", "Delete the lines that begin with ```"),
)
CODING = re.compile(rb"\A(?:#[^\n]*\n|[ \t]*\n)?[ \t]*#.*?coding[:=]")
MAX_BEGINNING = 200
MAX_NOTEBOOK = 32 << 20  # bytes


def is_notebook(name: str) -> bool:
    """Whether a file calls itself a notebook, if need be under a second ending."""
    return ".ipynb" in name.lower()


def misread(content: bytes) -> str:
    """What a file is instead of Python in UTF-8, and how to save it; empty where nothing is odd.

    Examples
    --------
    >>> misread("x = 1".encode("utf-16"))[:36]
    'is text in UTF-16, which Python does'
    >>> misread(b"x = 1")
    ''
    """
    beginning = content[:MAX_BEGINNING].lstrip()
    for pattern, what, remedy in KINDS:
        if re.match(pattern, beginning, re.IGNORECASE):
            return f"{what}. {remedy}."
    if b"\0" in content[:MAX_BEGINNING]:
        return f"holds zero bytes, as text in UTF-16 does. {SAVE}."
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        if CODING.match(content):
            return ""
        line = content.count(b"\n", 0, error.start) + 1
        return f"is not UTF-8 from line {line} on; it may be Windows-1252. {SAVE}."
    return ""
