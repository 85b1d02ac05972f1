"""13-arrays: `unbroadcast`, and `Tensor`, in parts that are marked one by one."""
