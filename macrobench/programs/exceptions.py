"""A virtual bank whose transfers fail often, in every way an exception can.

Stresses: raise and except with class hierarchies, re-raise, `raise ... from`,
finally, context managers, else clauses, exceptions through several frames.
"""

import sys


class BankError(Exception):
    """Something that the bank's customer did wrong."""


class InsufficientFunds(BankError):
    def __init__(self, missing):
        super().__init__(f"{missing} short")
        self.missing = missing


class UnknownAccount(BankError, LookupError):
    pass


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.is_locked = False

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(amount - self.balance)
        self.balance -= amount

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount


class Transaction:
    """Restores the balances of its accounts if the block raises."""

    def __init__(self, *accounts):
        self.accounts = accounts

    def __enter__(self):
        self.balances = [account.balance for account in self.accounts]
        for account in self.accounts:
            account.is_locked = True
        return self

    def __exit__(self, kind, error, traceback):
        for account, balance in zip(self.accounts, self.balances):
            account.is_locked = False
            if kind is not None:
                account.balance = balance
        return False


class Bank:
    def __init__(self, accounts, balance):
        self.accounts = {f"A{number:02d}": Account(balance) for number in range(accounts)}
        self.counts = {"done": 0, "short": 0, "unknown": 0, "invalid": 0}
        self.attempts = 0

    def find(self, name):
        try:
            return self.accounts[name]
        except KeyError as error:
            raise UnknownAccount(name) from error

    def transfer(self, source_name, target_name, amount):
        source = self.find(source_name)
        target = self.find(target_name)
        with Transaction(source, target):
            source.withdraw(amount)
            target.deposit(amount)

    def try_transfer(self, source_name, target_name, amount):
        """Returns the amount moved; counts every outcome."""
        try:
            self.transfer(source_name, target_name, amount)
        except InsufficientFunds as error:
            self.counts["short"] += 1
            return -error.missing % 7
        except UnknownAccount as error:
            assert isinstance(error.__cause__, KeyError)
            self.counts["unknown"] += 1
        except BankError:
            raise AssertionError("an unexpected kind of error") from None
        except ValueError:
            self.counts["invalid"] += 1
        else:
            self.counts["done"] += 1
            return amount
        finally:
            self.attempts += 1
        return 0


def unwind(depth):
    """Raises from `depth` frames below and counts the frames on the way up."""
    if depth == 0:
        raise IndexError("bottom")
    try:
        unwind(depth - 1)
    except IndexError as error:
        error.args = error.args[0], len(error.args)
        raise


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 250_000
    bank = Bank(accounts=20, balance=1000)
    moved = 0
    state = 99
    for round_number in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        source = f"A{(state >> 8) % 21:02d}"
        target = f"A{(state >> 14) % 21:02d}"
        moved += bank.try_transfer(source, target, (state >> 20) % 500 - 20)
        if round_number % 64 == 0:
            try:
                unwind(10)
            except LookupError as error:
                moved += error.args[1]

    total = sum(account.balance for account in bank.accounts.values())
    assert total == 20 * 1000, "money was made or lost"
    assert sum(bank.counts.values()) == bank.attempts == size
    print(f"{moved}:" + ":".join(str(count) for count in bank.counts.values()))


if __name__ == "__main__":
    main()
