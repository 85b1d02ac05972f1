"""11-clinic: what the five patients are once they are mended, the right answers of chapters 02, 03, 06, 07 and 09.

Formulas, shapes, errors and sources are those of the functions there.
"""

from autograder.reference.batch import dense_backward
from autograder.reference.gates import sigmoid_neuron_backward
from autograder.reference.neuron import neuron_backward
from autograder.reference.relu import relu_backward
from autograder.reference.softmax import softmax_cross_entropy_backward

mended_dense_backward = dense_backward
mended_neuron_backward = neuron_backward
mended_softmax_cross_entropy_backward = softmax_cross_entropy_backward
mended_sigmoid_neuron_backward = sigmoid_neuron_backward
mended_relu_backward = relu_backward
