"""12-autograd: known mistakes of `Value.grad`: the slopes of `+` and `*`, and a walk back through a tree."""

from autograder.exercises.autograd.cases import grad
from autograder.exercises.autograd.walks import forget, users_first, walking
from autograder.reference.autograd import Value


@grad.mistake(
    "factors-not-swapped",
    "In x * y, when x moves: which of the two numbers decides how far the product moves?",
    "x = 3, y = -4: raise x by 0.01. The product goes from -12 to -12.04. Is -4 what your wire to x says?",
    "d(x y)/dx = y and d(x y)/dy = x: each factor's wire carries the other factor.",
)
class _(Value):
    def __mul__(self, other):
        other = self.value_of(other)
        return self.made(self.data * other.data, (self, self.data), (other, other.data))


@grad.mistake(
    "product-kept-as-slope",
    "The product is where x * y stands. Is that also how fast it moves?",
    "x = 3, y = -4: raise x by 0.01. The product moves by -0.04, not by -0.12.",
    "d(x y)/dx = y: the factor you differentiate by drops out.",
)
class _(Value):
    def __mul__(self, other):
        other = self.value_of(other)
        out = self.data * other.data
        return self.made(out, (self, out), (other, out))


@grad.mistake(
    "sum-treated-like-a-product",
    "In x + y, does it matter how large y is for how far the sum moves with x?",
    "x = -2, y = 5: raise x by 0.01. The sum goes from 3 to 3.01. Which slope is that?",
    "d(x + y)/dx = 1 and d(x + y)/dy = 1.",
)
class _(Value):
    def __add__(self, other):
        other = self.value_of(other)
        return self.made(self.data + other.data, (self, other.data), (other, self.data))


@grad.mistake(
    "only-the-first-has-a-wire",
    "Two values went into the operation. From how many does your result know that?",
    "f = x * y with x = 3, y = -4: df/dx is -4 and df/dy is 3. Print y.grad: is it 0?",
    "A sum and a product keep a wire for each of the two: one to self, one to other.",
)
class _(Value):
    def __add__(self, other):
        other = self.value_of(other)
        return self.made(self.data + other.data, (self, 1.0))

    def __mul__(self, other):
        other = self.value_of(other)
        return self.made(self.data * other.data, (self, other.data))


@grad.mistake(
    "no-wires-kept",
    "Your results are right as numbers. What does a result remember of where it came from?",
    "q = Value(-2.0) + Value(5.0). Look at what q keeps besides 3.0: does it lead back to the -2 and the 5?",
    "A sum keeps (x, 1) and (y, 1), a product (x, y.data) and (y, x.data).",
)
class _(Value):
    def made(self, data, *wires):
        return type(self)(data)


@grad.mistake(
    "upstream-ignored",
    "A wire's slope says how far its own end moves. What has become of everything behind it?",
    "f = (x + y) * z with z = -4: raise x by 0.01. f falls by 0.04, though the sum's own slope is 1.",
    "source.grad grows by upstream times slope, and the upstream is the grad of the value you stand at.",
)
@walking(users_first)
def _(value, source, slope):
    source.grad += slope


@grad.mistake(
    "every-grad-is-1",
    "Every grad is 1. What does each wire know that the others do not? (And if you call backward on the sources: which grad"
    " does that give them?)",
    "f = x * y with x = 3, y = -4: df/dx is -4 and df/dy is 3, and not both are 1.",
    "source.grad grows by upstream times the wire's own slope.",
)
@walking(users_first)
def _(value, source, slope):
    source.grad += value.grad


@grad.mistake(
    "upstream-added",
    "If q moves 3 times as far as x, and f twice as far as q: is that 3 + 2 or 3 * 2?",
    "f = (x + y) * z with z = -4: df/dx is -4 * 1. Is yours -3?",
    "Slopes along a path multiply: upstream times slope.",
)
@walking(users_first)
def _(value, source, slope):
    source.grad += slope + value.grad


@grad.mistake(
    "multiplied-by-data",
    "Backward wants slopes. Which number of the value do you multiply the wire's slope with: what it says, or what reached it?",
    "f = (x + y) * z with x = -2, y = 5, z = -4: the sum says 3, and what reached it is -4. df/dx is -4.",
    "source.grad grows by value.grad times slope; value.data has done its work going forward.",
)
@walking(users_first)
def _(value, source, slope):
    source.grad += slope * value.data


@grad.mistake(
    "nothing-at-the-start",
    "Everything is upstream times slope. Where does the first upstream come from?",
    "f = Value(3.0); f.backward(); print(f.grad). How far does f move when f rises by one?",
    "df/df = 1: the value that backward is called on starts with grad 1, and the others with 0.",
)
class _(Value):
    def backward(self):
        forget(self)


@grad.mistake(
    "starts-with-its-own-data",
    "With what does the walk begin: with what f says, or with how far f moves when f rises by one?",
    "f = x * y with x = 3, y = -4: df/dx is -4. Is yours 48?",
    "df/df = 1, whatever f is.",
)
class _(Value):
    def backward(self):
        super().backward()
        for value in self.sources_first():
            value.grad *= self.data


@grad.mistake(
    "one-step-only",
    "Those that f is made of are paid. And those that they are made of: did they come too early, or not at all?",
    "f = (x + y) * z: z.grad is 3. Is x.grad 0? Print the order in which you visit the values: the sum has to come before x.",
    "Start at f; a value comes after all that were made of it, and pays upstream times slope along each of its wires.",
)
class _(Value):
    def backward(self):
        forget(self)
        self.grad = 1.0
        for source, slope in self.wires:  # the same comes of a walk that begins at the inputs
            source.grad += slope


@grad.mistake(
    "f-has-no-gradient",
    "You hand on from f. What does f itself say when it is asked for its grad?",
    "f = Value(2.0) * Value(3.0); f.backward(); print(f.grad). f moves by 1 when f rises by 1.",
    "df/df = 1, and it is stored like every other: the value that backward is called on has grad 1.",
)
class _(Value):
    def backward(self):
        super().backward()
        self.grad = 0.0


@grad.mistake(
    "the-product-keeps-no-wires",
    "The sum leads back to what it was made of. And the product?",
    "Print (Value(3.0) * Value(-4.0)).wires: there should be two pairs, with the slopes -4 and 3.",
    "A product keeps (x, y.data) and (y, x.data).",
)
class _(Value):
    def __mul__(self, other):
        return self.made(self.data * self.value_of(other).data)


@grad.mistake(
    "no-message-arrived",
    "The wires are there, but no message arrived at x. In which order do you visit, is f among them, and where does what goes"
    " along a wire end up?",
    "x, y = Value(3.0), Value(-4.0); f = x * y. Print whom you visit, and source.grad after each payment and at the end: "
    "x.grad should go from 0 to -4 and stay there.",
    "Grads are 0 before the walk, not after it; f is visited first; what is added has to be stored in source.grad.",
)
class _(Value):
    def backward(self):
        forget(self)
        self.grad = 1.0


@grad.mistake(
    "slopes-are-values",
    "A slope is how far the result moves. Is that a plain number in your wires, or a Value?",
    "Print (Value(3.0) * Value(-4.0)).wires: each pair is a Value and a float, as in (Value(3, ...), -4.0).",
    "The wires of x y are (x, y.data) and (y, x.data): the slope is the other factor's data.",
)
class _(Value):
    def __mul__(self, other):
        other = self.value_of(other)
        return self.made(self.data * other.data, (self, other), (other, self))
