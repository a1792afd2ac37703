# A custom exception with its own __str__ in a class with a qualified name.
class Shop:
    class OutOfStock(Exception):
        def __init__(self, item, count):
            super().__init__(item, count)
            self.item, self.count = item, count

        def __str__(self):
            return f"{self.item}: {self.count} left"


raise Shop.OutOfStock("tea", 0)
