# A syntax error deep inside a class.
class A:
    def method(self):
        for item in self.items:
            if item.ready:
                return item..value
