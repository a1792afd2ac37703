# Dispatch tables, enum-like classes by metaclass, operator-rich value objects.
class EnumMeta(type):
    def __new__(mcs, name, bases, namespace):
        members = {k: v for k, v in namespace.items() if not k.startswith("_") and not callable(v)}
        for key in members:
            del namespace[key]
        cls = super().__new__(mcs, name, bases, namespace)
        cls._members = {}
        for key, value in members.items():
            member = object.__new__(cls)
            member.name, member.value = key, value
            cls._members[key] = member
            setattr(cls, key, member)
        return cls

    def __iter__(cls):
        return iter(cls._members.values())

    def __getitem__(cls, key):
        return cls._members[key]

    def __len__(cls):
        return len(cls._members)

    def __call__(cls, value):
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"{value!r} is not a valid {cls.__name__}")


class Enum(metaclass=EnumMeta):
    def __repr__(self):
        return f"<{type(self).__name__}.{self.name}: {self.value!r}>"


class State(Enum):
    IDLE = 0
    RUNNING = 1
    DONE = 2


print(
    list(State), State.IDLE, State["DONE"].value, State(1) is State.RUNNING, len(State),
    isinstance(State.IDLE, State),
)
for bad in (lambda: State(9), lambda: State["X"], lambda: State.NOPE):
    try:
        bad()
    except (ValueError, KeyError, AttributeError) as error:
        print(type(error).__name__, error)


class Machine:
    table = {}

    def on(state, event, table=table):
        def register(function):
            table[state, event] = function
            return function

        return register

    def __init__(self):
        self.state, self.log = State.IDLE, []

    @on(State.IDLE, "start")
    def start(self):
        return State.RUNNING

    @on(State.RUNNING, "stop")
    @on(State.RUNNING, "fail")
    def stop(self):
        return State.DONE

    def send(self, event):
        handler = self.table.get((self.state, event))
        if handler is None:
            self.log.append(f"{event}? in {self.state.name}")
        else:
            self.state = handler(self)
            self.log.append(f"{event} -> {self.state.name}")
        return self


print(Machine().send("stop").send("start").send("start").send("fail").log)
