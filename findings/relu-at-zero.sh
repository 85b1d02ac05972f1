#!/usr/bin/env bash
# What a library says of ReLU's slope at 0 depends on how ReLU is spelled: 0, one half and 1, within one library.
#
# Expected: one slope for one function, as textbooks say ("ReLU'(0) = 0 in autodiff libraries").
# Seen with jax 0.10.2: jax.nn.relu gives 0; maximum(z, 0) gives 0.5, since a tie is shared; where(z >= 0, z, 0) gives 1; clip(z, 0)
# gives 0.5. With autograd 1.8.0: maximum(z, 0) gives 0.5 as well, and z * (z > 0) gives 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q jax==0.10.2 jaxlib==0.10.2 autograd==1.8.0
cd "$folder"
JAX_PLATFORMS=cpu "$folder/env/bin/python" - <<'PYTHON'
import sys

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp

seen = {
    "jax.nn.relu(z)": jax.grad(jax.nn.relu)(0.0),
    "jax maximum(z, 0)": jax.grad(lambda z: jnp.maximum(z, 0.0))(0.0),
    "jax where(z >= 0, z, 0)": jax.grad(lambda z: jnp.where(z >= 0, z, 0.0))(0.0),
    "jax clip(z, 0)": jax.grad(lambda z: jnp.clip(z, 0.0))(0.0),
    "autograd maximum(z, 0)": autograd.grad(lambda z: anp.maximum(z, 0.0))(0.0),
    "autograd z * (z > 0)": autograd.grad(lambda z: z * (z > 0))(0.0),
}
wanted = [0.0, 0.5, 1.0, 0.5, 0.5, 0.0]
for spelling, slope in seen.items():
    print(f"{spelling:<26} slope at 0: {float(slope):g}")
sys.exit([float(one) for one in seen.values()] != wanted)
PYTHON
