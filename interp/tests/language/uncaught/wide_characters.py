# Columns count characters; marks are as wide as the terminal shows them.
import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


日本 = None
é = 1
show(lambda: "日本語" + é)
show(lambda: 日本.語)
show(lambda: é + 日本 + é)
show(lambda: é + "ü" * é)
show(lambda: [é][日本])
show(lambda: "😀😀" + 1)
show(lambda: "한국어"[é:日本](1))
show(lambda: "é" "ü" + é)
show(lambda: 名前)
show(lambda: "ｆｕｌｌ" - 1)
show(lambda: "e\u0301" + 1, )
show(lambda: "é́" + 1)
raise ValueError("日本語のエラー", é)
