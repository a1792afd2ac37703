# A small program with most of the language: classes, exceptions, generators, closures.
class InsufficientFunds(Exception):
    pass


class Account:
    interest = 0.0

    def __init__(self, owner, balance=0):
        self.owner, self._balance, self.history = owner, balance, []

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(f"cannot deposit {amount}")
        self._balance += amount
        self.history.append(("+", amount))
        return self

    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(f"{self.owner} has {self._balance}, needs {amount}")
        self._balance -= amount
        self.history.append(("-", amount))
        return self

    def __repr__(self):
        return f"{type(self).__name__}({self.owner!r}, {self._balance})"

    def __lt__(self, other):
        return self._balance < other._balance


class Savings(Account):
    interest = 0.05

    def withdraw(self, amount):
        if len([kind for kind, _ in self.history if kind == "-"]) >= 2:
            raise PermissionError("too many withdrawals")
        return super().withdraw(amount)

    def years(self):
        while True:
            self._balance = round(self._balance * (1 + self.interest), 2)
            yield self._balance


accounts = [Account("ada", 100), Savings("bob", 200), Account("cy")]
accounts[2].deposit(50).deposit(25).withdraw(5)
for action in (
    lambda: accounts[0].withdraw(500), lambda: accounts[2].deposit(-1),
    lambda: accounts[1].withdraw(1).withdraw(2).withdraw(3),
):
    try:
        action()
    except (InsufficientFunds, ValueError) as error:
        print(type(error).__name__, error)
    except OSError as error:
        print("os", error)
print(sorted(accounts), max(accounts), sum(a.balance for a in accounts))
for year, balance in zip(range(1, 4), accounts[1].years()):
    print(f"year {year}: {balance:>10.2f}")
print({a.owner: a.history for a in accounts})
