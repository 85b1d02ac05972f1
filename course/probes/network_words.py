"""08-network: what a check says of results that are a yes or a no, in the words of the exercise."""

START_FLAGS = {
    "spread": "the weights of a new layer spread otherwise than asked: their standard deviation is to be sqrt(2 / D), so that "
    "of `Dense(50, 400)` should be near 0.2.",
    "draws": "the weights of a new layer are not drawn as asked: from the normal distribution around 0, the same ones again from a "
    "generator with the same seed, others with another seed, and drawn also where nobody hands over a generator.",
}
DENSE_FLAGS = START_FLAGS | {
    "kept_by_forward": "`forward` leaves the layer's `weights` or `biases` changed. It only reads them.",
    "kept_by_backward": "`backward` leaves the layer's `weights` or `biases` changed. It finds gradients, and takes no step.",
}
NETWORK_FLAGS = {
    "layers": "the network's `layers` are not the layers that were handed over, the first one first (or no longer, after a pass).",
    "first_dinputs": "what the first `backward` returned was wrong or has changed since, though the second is right: every call "
    "goes through the layers as they are then, and returns an array of its own.",
}
CHECKER_FLAGS = {
    "restored": "the parameters are not what they were: after the check every entry should be back at its old number, to the last "
    "digit. Keep the number and put it back; adding a nudge and taking it off again leaves a trace.",
}
