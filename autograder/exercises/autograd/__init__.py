"""12-autograd: `Value`, in eight parts that are marked one by one."""
