from .. import __name__ as tree_name

kind = "branch of " + tree_name
