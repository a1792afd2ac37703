# String literals: prefixes, escapes, joins, raw, bytes, triple quotes, continuation; f-strings of every form.
import sys
for text in (r"'\a\b\f\n\r\t\v\\\'\"'", r"'\x41\u0041\U00000041\N{LATIN SMALL LETTER A}\101\0\18\7'", r"b'\x41\101\0\'\\'", r"r'\n\''", r"R'\u0041'", r"rb'\x41'", r"Br'\n'", r"bR'\n'", r"u'x'", r"U'x'", r"'a' 'b' r'\n' u'c'", r"b'a' b'b'", r"'''a
b'''", r"'a\
b'", r'"""a"b""c\""""', r"''", r"''''''", r"'é\xe9'", r"f'{1}'", r"F'{1}' 'x' f'{2}'", r"rf'\n{1}'", r"fr'\{1}'", r"Rf'{1}\d'", r"f'{{}}{{{1}}}'", r"f'{1!r}{1!s}{1!a}'", r"f'{1=}{1 = }{1=!r}{1=:>5}{1 + 1 =}'", r"f'{1:{2}}{1:{2}.{3}}' if False else ''",
             r"f'{(lambda x: x)(1)}'", r"f'{ {1: 2}[1] }'", r"f'{1 if True else 2}'", r"f'{[i for i in range(3)]}'", r"f'{\"a\"}'", r"f'{'a'}{f'{1}{f'{2}'}'}'", r"f'''{
1
+ 1}'''", r"f'{1:>{'5'}}'", r"f'{1,}{1, 2}{*[1], 2}'", r"f'{(x := 5)}{x:=5}'", r"f'{1:%}{1:}}}' if False else 1", r"f'\x41{1}\n'", r"f'\N{DIGIT ONE}{1}'", r"f'{'\n'}'", r"f'{'''a'''}'", r"f'{1!r:^{5}}'", r"f'{1:{''}}'", r"f'{2:{1 + 4}d}'", r"f'{yield_}' if False else 0",
             r"f'{1#comment
}'", r"f'{1:a{1}b}' if False else 0", r"f'{}'", r"f'{!r}'", r"f'{1!x}'", r"f'{1!}'", r"f'{1:'", r"f'{'", r"f'}'", r"f'{1'", r"f'{a b}'", r"f'{*}'", r"f'{1=!}'", r"'\x4'", r"'\u123'", r"'\N{nope}'", r"'\U00110000'", r"b'\x4'", r"b'é'", r"'a' b'b'", r"ur'x'", r"bu'x'", r"fb'x'", r"'abc", r"'''abc", r"f'{1:{2:{3}}}'",
             r"f'{1:{2:{3:{4}}}}'", r"f'{1 !r}'", r"f'{1! r}'", r"f'{None}{True}{...}'", r"f'{0x1f}{1_000}{1e3}{1j}'", r"f'{-1}{not 1}{1 < 2}{1 if 1 else 2}'", r"f'{x}' f'{x!r}' 'y'", r"f'{{x}}' '{x}'", r"f'a{1}b' rf'\{2}' '\n'", r"f'{1:\x41<5}'", r"f'{1:{'{'}<5}'", r"f'{'a' 'b'}'", r"f'{\"\\n\"}'", r"f'{1:,}{1000:,}'"):
    try: print(text, '=>', repr(eval(text, {'x': 7})))
    except SyntaxError as e: print(text, 'SyntaxError', e.msg)
    except Exception as e: print(text, type(e).__name__, e)
