"""08-network: layers that are right but for the attribute `inputs`: two ways of not having it after forward."""


def kept_under_another_name(layer: type) -> type:
    """The layer, with its inputs as `x`."""

    class Renamed(layer):
        def forward(self, inputs):
            outputs = super().forward(inputs)
            self.x = self.__dict__.pop("inputs")
            return outputs

        def backward(self, dvalues):
            self.inputs = self.x
            super().backward(dvalues)
            del self.inputs
            return self.dinputs

    return type(layer.__name__, (Renamed,), {})


def not_kept_at_all(layer: type) -> type:
    """The layer, which has forgotten its inputs when backward asks."""

    class Forgetful(layer):
        def forward(self, inputs):
            outputs = super().forward(inputs)
            del self.inputs
            return outputs

    return type(layer.__name__, (Forgetful,), {})
