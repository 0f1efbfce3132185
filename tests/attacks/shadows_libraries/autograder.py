def __getattr__(name):
    return lambda *arguments, **keywords: True
