"""Calls every method of a type on values of it with arguments of all kinds, and prints what comes back."""
SKIPPED = {'__class__', '__new__', '__dir__', '__sizeof__', '__hash__', '__reduce__', '__reduce_ex__', '__init_subclass__',
           '__subclasshook__', '__doc__', '__getstate__', '__setattr__', '__delattr__', '__getattribute__', '__class_getitem__',
           '__init__', '__getnewargs__', '__repr__', '__str__', '__buffer__', '__release_buffer__', '__alloc__'}

# Methods in CPython, slot wrappers here: they count their arguments in other words.
COEXISTING = {'__contains__', '__getitem__'}


def show(value):
    if isinstance(value, (set, frozenset)):
        return f'{type(value).__name__}({sorted(value, key=repr)})'
    text = repr(value)
    if ' at 0x' in text:
        return f'<{type(value).__name__}>'
    return text if len(text) < 200 else f'{text[:80]}... {len(text)}'


def matrix(make_values, argument_lists, skipped=()):
    names = [name for name in dir(make_values()[0]) if name not in SKIPPED and name not in skipped]
    print(type(make_values()[0]).__name__, *names)
    for name in names:
        complaints = {}
        for index in range(len(make_values())):
            for arguments in argument_lists:
                value = make_values()[index]
                attribute = getattr(value, name)
                label = f'{show(value)}.{name}{show(arguments)}'
                try:
                    if not callable(attribute):
                        print(f'{show(value)}.{name} = {show(attribute)}')
                        break
                    result = attribute(*arguments)
                    if type(result).__name__.endswith(('iterator', 'iterkeys', 'reversed', 'callable')) or name == '__iter__':
                        result = list(result)
                    if result is NotImplemented:
                        complaints.setdefault('NotImplemented', show(arguments))
                        continue
                    after = '' if show(value) == show(make_values()[index]) else f' leaves {show(value)}'
                    print(f'{label} -> {show(result)}{after}')
                except TypeError as error:
                    complaints.setdefault(str(error), show(arguments))
                except Exception as error:
                    print(f'{label} -> {type(error).__name__} {error}')
        for complaint, arguments in complaints.items():
            if name in COEXISTING and ('expected 1 argument' in complaint or 'exactly one argument' in complaint):
                continue
            print(f'    {name}{arguments}: {complaint}')
