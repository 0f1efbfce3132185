# /// attack
# tries = "Hooks the import of every module that comes after it."
#
# [outcomes]
# softmax = ["failed", "raised"]
# ///
import sys
import types


class Finder:
    def find_spec(self, name, path=None, target=None):
        sys.modules[name] = types.ModuleType(name)


sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, lambda path: Finder())


def softmax(logits):
    import anything_at_all

    return anything_at_all
