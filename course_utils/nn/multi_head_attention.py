"""Multi-head attention: several attentions side by side, each looking for something else."""

import numpy as np

from .attention import attention, attention_backward, causal_mask
from .layer import Layer


class MultiHeadAttention(Layer):
    """Attention done by several heads at once, each in its own small space; a linear map joins their answers.

    For each head h: query_h = query @ query_kernel[:, h] + query_bias[h], the same for key and value, and
    y = sum over heads of attention(query_h, key_h, value_h) @ output_kernel[h] + output_bias.

    Call it as layer(query, value=..., key=..., mask=...). Without value it is self-attention, value = query;
    without key, key = value. causal=True adds `causal_mask`. backward returns dx for self-attention,
    (dquery, dvalue) when key was not given, else (dquery, dvalue, dkey).

    Shapes: query (N, T, D), value and key (N, S, ...), mask broadcasts to (N, T, S); y (N, T, D).
    Kernels are Keras's: (D, heads, key_dim) on the way in, (heads, value_dim, D) on the way out.
    Source: Vaswani et al. 2017, Attention Is All You Need.

    >>> layer = MultiHeadAttention(num_heads=2, key_dim=3)
    >>> layer(np.zeros((1, 5, 8))).shape
    (1, 5, 8)
    """

    def __init__(
        self,
        num_heads: int,
        key_dim: int,
        value_dim: int | None = None,
        causal: bool = False,
        kernel_initializer: str = "glorot_uniform",
        seed: int | None = None,
    ):
        super().__init__(seed)
        self.num_heads, self.key_dim = num_heads, key_dim
        self.value_dim = key_dim if value_dim is None else value_dim
        if min(num_heads, key_dim, self.value_dim) < 1:
            raise ValueError(f"{self!r}: num_heads, key_dim and value_dim must be at least 1.")
        self.causal, self.kernel_initializer = causal, kernel_initializer

    def compute_output_shape(self, input_shape):
        return self._check("query", input_shape)

    def _check(self, name, shape):
        if len(shape) != 3:
            raise ValueError(f"{self!r} takes a {name} of shape (N, T, D), but it has shape {tuple(shape)}.")
        if self.built and shape[-1] != (size := len(self.params[f"{name}_kernel"])):
            raise ValueError(f"{self!r} was built for a {name} of {size} features, not {tuple(shape)}.")
        return tuple(shape)

    def build(self, input_shape, dtype=np.float32, value_shape=None, key_shape=None):
        """Create the parameters for a query (and a value and a key, if they differ) of these shapes."""
        if self.built:
            return
        value_shape = input_shape if value_shape is None else value_shape
        key_shape = value_shape if key_shape is None else key_shape
        for name, shape, size in (
            ("query", input_shape, self.key_dim),
            ("key", key_shape, self.key_dim),
            ("value", value_shape, self.value_dim),
        ):
            self._check(name, shape)
            self._add_projection(name, (shape[-1], self.num_heads, size), (self.num_heads, size), dtype)
        features = input_shape[-1]
        self._add_projection("output", (self.num_heads, self.value_dim, features), (features,), dtype)
        self.built = True

    def _add_projection(self, name, kernel_shape, bias_shape, dtype):
        self._add(f"{name}_kernel", kernel_shape, self.kernel_initializer, dtype)
        self._add(f"{name}_bias", bias_shape, "zeros", dtype)

    def __call__(self, query, training=False, *, value=None, key=None, mask=None):
        return self.forward(query, training, value=value, key=key, mask=mask)

    def forward(self, query, training=False, *, value=None, key=None, mask=None):
        """y, as described above; `mask` is True where looking is allowed."""
        if key is not None and value is None:
            raise ValueError(f"{self!r}: a key without a value has nothing to answer with; give value as well.")
        self.inputs_given = 1 + (value is not None) + (key is not None)
        query = self._as_input(query)
        value = query if value is None else self._as_input(value)
        key = value if key is None else self._as_input(key)
        self.build(query.shape, query.dtype, value.shape, key.shape)
        for name, x in (("query", query), ("value", value), ("key", key)):
            self._check(name, x.shape)
        if not len(query) == len(value) == len(key) or value.shape[1] != key.shape[1]:
            raise ValueError(
                f"{self!r}: query {query.shape}, value {value.shape} and key {key.shape} must agree in the "
                "batch size, and value and key in their length."
            )
        self.inputs = {"query": query, "key": key, "value": value}
        q, k, v = self.heads = [self._split(name, x) for name, x in self.inputs.items()]
        y, self.weights = attention(q, k, v, self._full_mask(mask, q.shape[2], k.shape[2]))
        self.joined = np.ascontiguousarray(y.transpose(0, 2, 1, 3)).reshape(*query.shape[:2], -1)
        kernel = self.params["output_kernel"].reshape(-1, query.shape[-1])
        y = self.joined @ kernel + self.params["output_bias"]
        self._y_shape = y.shape
        return y

    def _full_mask(self, mask, t, s):
        if mask is not None:
            mask = np.asarray(mask, bool)
            mask = mask[:, None] if mask.ndim == 3 else mask  # the same for every head
            try:
                np.broadcast_shapes(mask.shape, (len(self.inputs["query"]), self.num_heads, t, s))
            except ValueError:
                raise ValueError(f"{self!r}: a mask of shape {mask.shape} does not fit (N, {t}, {s}).") from None
        if self.causal:
            return causal_mask(t, s) if mask is None else mask & causal_mask(t, s)
        return mask

    def _split(self, name, x):
        """x @ kernel + bias for all heads in one product; (N, T, D) -> (N, heads, T, size)."""
        kernel, bias = self.params[f"{name}_kernel"], self.params[f"{name}_bias"]
        projected = x @ kernel.reshape(len(kernel), -1) + bias.reshape(-1)
        return projected.reshape(*x.shape[:2], *bias.shape).transpose(0, 2, 1, 3)

    def _split_backward(self, name, dheads):
        x, kernel = self.inputs[name], self.params[f"{name}_kernel"]
        rows_x = x.reshape(-1, x.shape[-1])
        rows_d = dheads.transpose(0, 2, 1, 3).reshape(len(rows_x), -1)
        self.grads[f"{name}_kernel"] = (rows_x.T @ rows_d).reshape(kernel.shape)
        self.grads[f"{name}_bias"] = rows_d.sum(axis=0).reshape(kernel.shape[1:])
        return (rows_d @ kernel.reshape(len(kernel), -1).T).reshape(x.shape)

    def _backward(self, dy):
        kernel = self.params["output_kernel"]
        rows_dy = dy.reshape(-1, dy.shape[-1])
        rows_joined = self.joined.reshape(len(rows_dy), -1)
        self.grads["output_kernel"] = (rows_joined.T @ rows_dy).reshape(kernel.shape)
        self.grads["output_bias"] = rows_dy.sum(axis=0)
        djoined = dy @ kernel.reshape(-1, dy.shape[-1]).T
        dheads = djoined.reshape(*dy.shape[:2], self.num_heads, self.value_dim).transpose(0, 2, 1, 3)
        dheads = attention_backward(dheads, *self.heads, self.weights)
        dquery, dkey, dvalue = map(self._split_backward, ("query", "key", "value"), dheads)
        if self.inputs_given == 1:
            return dquery + dkey + dvalue
        return (dquery, dvalue + dkey) if self.inputs_given == 2 else (dquery, dvalue, dkey)

    def __repr__(self):
        return f"MultiHeadAttention({self.num_heads}, {self.key_dim})"
