# /// attack
# [outcomes]
# softmax = "failed"
#
# [variants.masked_array]
# tries = "Returns an array whose every element is masked, so that no comparison fails."
# put = "return np.ma.masked_all(np.shape(logits))"
#
# [variants.nan_equals_nan]
# tries = "Returns nan everywhere, hoping that nan counts as equal to nan."
# put = "return np.full(np.shape(logits), np.nan)"
#
# [variants.shadows_libraries]
# tries = "Puts its own modules instead of NumPy, msgpack and the session's code."
# put = "return np.zeros(np.shape(logits))"
# representative = true
# files = { "autograder.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''', "course/numpy.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''', "course/sitecustomize.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''', "msgpack.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''', "numpy.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''', "protocol.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''', "sitecustomize.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''', "usercustomize.py" = '''
# def __getattr__(name):
#     return lambda *arguments, **keywords: True
# ''' }
#
# [variants.structured_array]
# tries = "Returns an array of records."
# put = 'return np.zeros(3, dtype=[("passed", bool), ("score", float)])'
# ///
import numpy as np


def softmax(logits):
    @PUT@
