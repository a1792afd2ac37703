w, x, y, z = 1, 2, 3, 4
text = f"a{x!r:>{w}} {{b}} {y=}é{z
   # in
}"
y = rf'\d{x}{{' ; é = 'ü' "ab" u'd' r'\e'; b'c'
f"{x}{{b}}{{{y}}}{z:x{w}y}" f"""
m{x}
n""" '''
long
'''
f'' f'{x:{y}{z}}' f'{x!s}' f'{{}}' F"{'nested' f'{x}'}" f"\N{DIGIT ONE}{x:\n}"
