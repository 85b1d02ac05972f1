"""The numpy reference: one small module a chapter, each backward pass beside its forward pass."""
