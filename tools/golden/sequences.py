#!/usr/bin/env python3
"""Layers of sequences of executed PyTorch and Keras: the other part of what LayerGoldenTest is checked against.

    venv/bin/python tools/golden/sequences.py > nn/src/test/resources/golden/sequences.tsv

Numbers, training and lines are those of layers.py, but that weights are multiplied by SCALE, which the first line
says, since those of blocks would diverge; a case may have one field more, the lengths of its
sequences. Tokens are of the inputs of the same seed: the whole number below (x + 2) 1024, modulo their count.
"""
import layers
import keras
import torch
import torch.nn.functional as F
from layers import RATE, STEPS, TARGET, WEIGHTS, array, line, numbers
from torch.func import functional_call

SCALE = 0.25


def tokens(seed, batch, size):
    return torch.tensor(((array(seed, batch) + 2) * 1024).astype("int64") % size)


def case(text, batch, shapes, f, lengths=None, size=None):
    """f of the input, weights of these shapes and, where there are some, lengths."""
    line("layer", "torch", text, " ".join(map(str, batch)), *([" ".join(map(str, lengths))] if lengths else []))
    weights = [torch.tensor(SCALE * array(WEIGHTS + i, s), requires_grad=True) for i, s in enumerate(shapes)]
    told = [torch.tensor(lengths)] if lengths else []

    def given(seed):
        return tokens(seed, batch, size) if size else torch.tensor(array(seed, batch), requires_grad=True)

    for step in range(STEPS):
        x = given(step)
        y = f(x, *weights, *told)
        loss = ((y - torch.tensor(array(TARGET + step, y.shape))) ** 2).mean()
        by = weights if size else [x, *weights]
        gradients = list(torch.autograd.grad(loss, by)) if by else []
        if step == 0:
            line("y", numbers(y.detach()))
            if not size:
                line("dx", numbers(gradients[0]))
            for i, g in enumerate(gradients[-len(weights):] if weights else []):
                line("d", i, numbers(g))
        with torch.no_grad():
            for w, g in zip(weights, gradients[-len(weights):] if weights else []):
                w -= RATE * g
    if weights:
        for i, w in enumerate(weights):
            line("after", i, numbers(w.detach()))
        line("predicted", numbers(f(given(0), *weights, *told).detach()))


def over(module, x, lengths, parameters):
    """A recurrent module over packed sequences, zeros behind their ends."""
    if lengths is None:
        return functional_call(module, parameters, (x,))[0]
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    y = functional_call(module, parameters, (packed,))[0]
    return torch.nn.utils.rnn.pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])[0]


def recurrent(kind, inputs, units, layers_=1, both=False, biases=1, **options):
    module = kind(inputs, units, layers_, batch_first=True, bidirectional=both, **options).double()

    def f(x, *given):
        lengths = None if given[-1].dtype == torch.float64 else given[-1]
        parameters, at = {}, 0
        for layer in range(layers_):
            for end in ["", "_reverse"][: 2 if both else 1]:
                w, u, b = given[at : at + 3]
                at += 3
                d = torch.zeros_like(b)
                if biases == 2:
                    d = given[at]
                    at += 1
                name = f"l{layer}{end}"
                parameters |= {f"weight_ih_{name}": w.T, f"weight_hh_{name}": u.T, f"bias_ih_{name}": b, f"bias_hh_{name}": d}
        return over(module, x, lengths, parameters)

    return f


def shapes(gates, inputs, units, biases=1):
    return [(inputs, gates * units), (units, gates * units)] + [(gates * units,)] * biases


def last(f):
    def g(x, *given):
        y = f(x, *given)
        if given[-1].dtype == torch.float64:
            return y[:, -1]
        return y[torch.arange(len(y)), given[-1] - 1]

    return g


def attention(width, heads, causal=False):
    module = torch.nn.MultiheadAttention(width, heads, batch_first=True).double()

    def f(x, w, b, v, d, lengths=None):
        parameters = {"in_proj_weight": w.T, "in_proj_bias": b, "out_proj.weight": v.T, "out_proj.bias": d}
        steps = x.shape[1]
        told = {"need_weights": False}
        if causal:
            told["attn_mask"] = torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1)
        if lengths is not None:
            told["key_padding_mask"] = torch.arange(steps)[None] >= lengths[:, None]
        return functional_call(module, parameters, (x, x, x), told)[0]

    return f


def sdpa(heads, key_heads, mask=None, turn=False):
    """Attention by scaled_dot_product_attention, with what MultiheadAttention has not."""

    def f(x, w, b, v, d):
        rows, steps, width = x.shape
        own = width // heads
        q, k, a = (x @ w + b).split([width, key_heads * own, key_heads * own], -1)
        q, k, a = (t.view(rows, steps, -1, own).transpose(1, 2) for t in (q, k, a))
        if turn:
            q, k = rotary(q), rotary(k)
        y = F.scaled_dot_product_attention(q, k, a, attn_mask=mask, is_causal=mask is None, enable_gqa=True)
        return y.transpose(1, 2).reshape(rows, steps, width) @ v + d

    return f


def rotary(x):
    """Features i and i + half as a complex number, turned."""
    half = x.shape[-1] // 2
    angle = torch.arange(x.shape[-2])[:, None] * 10000.0 ** (-torch.arange(half) / half)
    z = torch.complex(x[..., :half], x[..., half:]) * torch.polar(torch.ones_like(angle), angle)
    return torch.cat([z.real, z.imag], -1)


def block(width, heads, hidden, first, causal=False, activation="gelu"):
    module = torch.nn.TransformerEncoderLayer(
        width, heads, hidden, 0.0, activation, batch_first=True, norm_first=first
    ).double()

    def f(x, g1, b1, w, b, v, d, g2, b2, w1, c1, w2, c2, lengths=None):
        p = {"self_attn.in_proj_weight": w.T, "self_attn.in_proj_bias": b, "self_attn.out_proj.weight": v.T,
             "self_attn.out_proj.bias": d, "norm1.weight": g1, "norm1.bias": b1, "norm2.weight": g2,
             "norm2.bias": b2, "linear1.weight": w1.T, "linear1.bias": c1, "linear2.weight": w2.T,
             "linear2.bias": c2}  # fmt: skip
        steps = x.shape[1]
        told = {"src_mask": torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1)} if causal else {}
        if lengths is not None:
            told["src_key_padding_mask"] = torch.arange(steps)[None] >= lengths[:, None]
        return functional_call(module, p, (x,), told)

    return f


def block_shapes(width, hidden):
    return [(width,), (width,), (width, 3 * width), (3 * width,), (width, width), (width,), (width,), (width,),
            (width, hidden), (hidden,), (hidden, width), (width,)]  # fmt: skip


def sinusoids(x):
    steps, width = x.shape[1:]
    angle = torch.arange(steps)[:, None] * 10000.0 ** (-(torch.arange(width) // 2) * 2 / width)
    even = torch.arange(width) % 2 == 0
    return x + torch.where(even, angle.sin(), angle.cos())


def torch_cases():
    case("embedding(7, 3)", (3, 5), [(7, 3)], F.embedding, size=7)
    case("embedding(2, 4)", (1, 1), [(2, 4)], F.embedding, size=2)
    case("embedding(7, 3) | tied(7)", (3, 5), [(7, 3), (7,)], lambda x, w, b: F.embedding(x, w) @ w.T + b, size=7)
    case("embedding(4, 2) | tied(4, bias=none)", (1, 3), [(4, 2)], lambda x, w: F.embedding(x, w) @ w.T, size=4)
    case("positions(6)", (3, 5, 2), [(6, 2)], lambda x, w: x + w[: x.shape[1]])
    case("positions(5, code=sinusoidal)", (2, 5, 3), [], sinusoids)
    lstm, gru, rnn = torch.nn.LSTM, torch.nn.GRU, torch.nn.RNN
    case("lstm(3)", (3, 4, 2), shapes(4, 2, 3), recurrent(lstm, 2, 3))
    case("lstm(3)", (3, 4, 2), shapes(4, 2, 3), recurrent(lstm, 2, 3), [2, 4, 1])
    case("lstm(2)", (1, 1, 3), shapes(4, 3, 2), recurrent(lstm, 3, 2))
    case("lstm(3, layers=2)", (2, 3, 2), shapes(4, 2, 3) + shapes(4, 3, 3), recurrent(lstm, 2, 3, 2), [3, 1])
    case("lstm(3) | last()", (3, 4, 2), shapes(4, 2, 3), last(recurrent(lstm, 2, 3)), [2, 4, 1])
    case("gru(3)", (3, 4, 2), shapes(3, 2, 3, 2), recurrent(gru, 2, 3, biases=2), [2, 4, 1])
    case("gru(2, layers=2) | last()", (1, 5, 2), shapes(3, 2, 2, 2) * 2, last(recurrent(gru, 2, 2, 2, biases=2)))
    case("rnn(3)", (3, 4, 2), shapes(1, 2, 3), recurrent(rnn, 2, 3), [2, 4, 1])
    case("rnn(3, activation=relu)", (2, 3, 2), shapes(1, 2, 3), recurrent(rnn, 2, 3, nonlinearity="relu"))
    case("bidirectional(lstm(2))", (3, 4, 3), shapes(4, 3, 2) * 2, recurrent(lstm, 3, 2, both=True), [2, 4, 1])
    case("bidirectional(gru(2))", (1, 3, 3), shapes(3, 3, 2, 2) * 2, recurrent(gru, 3, 2, both=True, biases=2))

    def projected(width, key_heads=None, heads=None):
        both = 2 * width if key_heads is None else 2 * key_heads * width // heads
        return [(width, width + both), (width + both,), (width, width), (width,)]

    case("attention(2)", (3, 4, 4), projected(4), attention(4, 2))
    case("attention(2)", (3, 4, 4), projected(4), attention(4, 2), [4, 1, 3])
    case("attention(1, causal=true)", (1, 5, 3), projected(3), attention(3, 1, True))
    case("attention(3, causal=true)", (2, 4, 6), projected(6), attention(6, 3, True), [4, 2])
    case("attention(4, causal=true, key_heads=2)", (2, 4, 8), projected(8, 2, 4), sdpa(4, 2))
    places = torch.arange(5)
    near = (places[:, None] - places).abs() < 2
    case("attention(2, window=2)", (2, 5, 4), projected(4), sdpa(2, 2, near))
    case("attention(2, causal=true, window=3)", (2, 5, 4), projected(4),
         sdpa(2, 2, (places[:, None] - places < 3) & (places[:, None] >= places)))  # fmt: skip
    slopes = torch.tensor([2.0**-4, 2.0**-8])[:, None, None]
    fall = -slopes * (places[:, None] - places).abs()
    case("attention(2, causal=true, places=alibi)", (2, 5, 4), projected(4),
         sdpa(2, 2, fall.masked_fill(places[:, None] < places, -torch.inf)))  # fmt: skip
    case("attention(2, causal=true, places=rotary)", (2, 5, 8), projected(8), sdpa(2, 2, turn=True))
    case("interactions()", (2, 3, 4), [], lambda x: x[..., 0].sum(1, keepdim=True)
         + sum((x[:, s, 1:] * x[:, t, 1:]).sum(1, keepdim=True) for t in range(3) for s in range(t)))
    case("swiglu(5)", (2, 3, 4), [(4, 5), (4, 5), (5, 4)], lambda x, g, w, u: (F.silu(x @ g) * (x @ w)) @ u)
    case("encoder(2, hidden=6)", (3, 4, 4), block_shapes(4, 6), block(4, 2, 6, True), [4, 1, 3])
    case("encoder(2, hidden=6, activation=relu, order=post)", (2, 3, 4), block_shapes(4, 6),
         block(4, 2, 6, False, activation="relu"))  # fmt: skip
    case("decoder(2)", (2, 4, 4), block_shapes(4, 16), block(4, 2, 16, True, True))

    def real(x, lengths):
        return (torch.arange(x.shape[1]) < lengths[:, None])[..., None]

    case("global_average_pool()", (3, 4, 2), [],
         lambda x, lengths: (x * real(x, lengths)).sum(1) / lengths[:, None], [4, 1, 3])  # fmt: skip
    case("global_max_pool()", (3, 4, 2), [],
         lambda x, lengths: x.masked_fill(~real(x, lengths), -torch.inf).amax(1), [4, 1, 3])  # fmt: skip

    def modern(x, n1, w, b, v, d, n2, g, u, o):
        y = x + sdpa(2, 1, turn=True)(F.rms_norm(x, (4,), n1, 1e-6), w, b, v, d)
        z = F.rms_norm(y, (4,), n2, 1e-6)
        return y + (F.silu(z @ g) * (z @ u)) @ o

    case("decoder(2, hidden=6, gated=true, norm=rms, key_heads=1, places=rotary)", (2, 4, 4),
         [(4,), *projected(4, 1, 2), (4,), (4, 6), (4, 6), (6, 4)], modern)  # fmt: skip


def keras_cases():
    k = keras.layers
    layers.by_keras("lstm(3)", (2, 4, 2), k.LSTM(3, return_sequences=True), SCALE)
    layers.by_keras("lstm(3) | last()", (2, 4, 2), k.LSTM(3), SCALE)
    layers.by_keras("rnn(3)", (2, 4, 2), k.SimpleRNN(3, return_sequences=True), SCALE)
    layers.by_keras("swiglu(5)", (2, 3, 4), Gated(), SCALE)


class Gated(keras.layers.Layer):
    """Keras has the parts of it."""

    def build(self, shape):
        d, h = shape[-1], 5
        self.parts = [keras.layers.Dense(n, a, use_bias=False) for n, a in ((h, "silu"), (h, None), (d, None))]
        for part, n in zip(self.parts, (d, d, h)):
            part.build((*shape[:-1], n))

    def call(self, x):
        g, w, u = self.parts
        return u(g(x) * w(x))


def main():
    line("weights", SCALE)
    torch_cases()
    keras_cases()


if __name__ == "__main__":
    main()
