#!/usr/bin/env python3
"""Layers of sequences of executed PyTorch and Keras: the other part of what LayerGoldenTest is checked against.

    venv/bin/python tools/golden/sequences.py > nn/src/test/resources/golden/sequences.tsv

Numbers, training and lines are those of layers.py, but that weights are multiplied by SCALE, which the first line
says, since those of blocks would diverge; a case may have one field more, the lengths of its
sequences. Tokens are of the inputs of the same seed: the whole number below (x + 2) 1024, modulo their count. Layers
that look at a source have two fields more, its shape and its lengths (empty: none), and a line `ds`, the
derivatives by it; its seeds begin at 200. Documents that are packed have a fourth field: of each
step of each row the step that its document begins at.
"""
import layers
import keras
import torch
import torch.nn.functional as F
from layers import RATE, STEPS, TARGET, WEIGHTS, array, line, numbers
from torch.func import functional_call

SCALE = 0.25
SOURCE = 200


def tokens(seed, batch, size):
    return torch.tensor(((array(seed, batch) + 2) * 1024).astype("int64") % size)


def case(text, batch, shapes, f, lengths=None, size=None, source=None, source_lengths=None, firsts=None):
    """f of the input, of the source where there is one, of weights of these shapes and, where there are some, lengths."""
    fields = [" ".join(map(str, each or [])) for each in (lengths, source, source_lengths, sum(firsts or [], []))]
    while fields and not fields[-1]:
        fields.pop()
    line("layer", "torch", text, " ".join(map(str, batch)), *fields)
    weights = [torch.tensor(SCALE * array(WEIGHTS + i, s), requires_grad=True) for i, s in enumerate(shapes)]
    told = [torch.tensor(lengths)] if lengths else []
    if source:
        told = [torch.tensor(each) if each else None for each in (lengths, source_lengths)]

    def given(seed):
        return tokens(seed, batch, size) if size else torch.tensor(array(seed, batch), requires_grad=True)

    for step in range(STEPS):
        x = given(step)
        s = [torch.tensor(array(SOURCE + step, source), requires_grad=True)] if source else []
        y = f(x, *s, *weights, *told)
        loss = ((y - torch.tensor(array(TARGET + step, y.shape))) ** 2).mean()
        by = weights if size else [x, *s, *weights]
        gradients = list(torch.autograd.grad(loss, by)) if by else []
        if step == 0:
            line("y", numbers(y.detach()))
            if not size:
                line("dx", numbers(gradients[0]))
            if s:
                line("ds", numbers(gradients[1]))
            for i, g in enumerate(gradients[-len(weights):] if weights else []):
                line("d", i, numbers(g))
        with torch.no_grad():
            for w, g in zip(weights, gradients[-len(weights):] if weights else []):
                w -= RATE * g
    if weights:
        for i, w in enumerate(weights):
            line("after", i, numbers(w.detach()))
        s = [torch.tensor(array(SOURCE, source))] if source else []
        line("predicted", numbers(f(given(0), *s, *weights, *told).detach()))


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


def behind(x, lengths):
    """What fills up, for a mask; none where all is real."""
    return None if lengths is None else torch.arange(x.shape[1])[None] >= lengths[:, None]


def cross(width, heads, seen):
    """MultiheadAttention of x to a dense layer of the source."""
    module = torch.nn.MultiheadAttention(width, heads, kdim=seen, vdim=seen, batch_first=True).double()

    def f(x, s, wd, bd, w, b, u, c, v, d, lengths, source_lengths):
        m = s @ wd + bd
        p = {"q_proj_weight": w.T, "k_proj_weight": u[:, :width].T, "v_proj_weight": u[:, width:].T,
             "in_proj_bias": torch.cat([b, c]), "out_proj.weight": v.T, "out_proj.bias": d}  # fmt: skip
        told = {"key_padding_mask": behind(m, source_lengths), "need_weights": False}
        return functional_call(module, p, (x, m, m), told)[0]

    return f


def cross_shapes(width, seen):
    return [(width, width), (width,), (seen, 2 * width), (2 * width,), (width, width), (width,)]


def decoder_shapes(width, hidden):
    own = block_shapes(width, hidden)
    return own[:6] + [(width,), (width,), *cross_shapes(width, width)] + own[6:]


def encoder_weights(name, g1, b1, w, b, v, d, g2, b2, w1, c1, w2, c2):
    return {f"{name}.self_attn.in_proj_weight": w.T, f"{name}.self_attn.in_proj_bias": b,
            f"{name}.self_attn.out_proj.weight": v.T, f"{name}.self_attn.out_proj.bias": d,
            f"{name}.norm1.weight": g1, f"{name}.norm1.bias": b1, f"{name}.norm2.weight": g2, f"{name}.norm2.bias": b2,
            f"{name}.linear1.weight": w1.T, f"{name}.linear1.bias": c1,
            f"{name}.linear2.weight": w2.T, f"{name}.linear2.bias": c2}  # fmt: skip


def decoder_weights(name, *given):
    first, (g, k), (w, b, u, c, v, d), rest = given[:6], given[6:8], given[8:14], given[14:]
    p = encoder_weights(name, *first, *rest)
    p[f"{name}.norm3.weight"], p[f"{name}.norm3.bias"] = p[f"{name}.norm2.weight"], p[f"{name}.norm2.bias"]
    return p | {f"{name}.norm2.weight": g, f"{name}.norm2.bias": k,
                f"{name}.multihead_attn.in_proj_weight": torch.cat([w, u], 1).T,
                f"{name}.multihead_attn.in_proj_bias": torch.cat([b, c]),
                f"{name}.multihead_attn.out_proj.weight": v.T, f"{name}.multihead_attn.out_proj.bias": d}  # fmt: skip


def transformer(width, heads, sources, targets, hidden, activation, first):
    """nn.Transformer as a whole, with all of its masks."""
    module = torch.nn.Transformer(
        width, heads, sources, targets, hidden, 0.0, activation, batch_first=True, norm_first=first
    ).double()

    def f(x, s, *given):
        *weights, lengths, source_lengths = given
        p, at = {}, 0
        for side, count, shapes_, named in (
            ("encoder", sources, block_shapes(width, hidden), encoder_weights),
            ("decoder", targets, decoder_shapes(width, hidden), decoder_weights),
        ):
            for i in range(count):
                p |= named(f"{side}.layers.{i}", *weights[at : at + len(shapes_)])
                at += len(shapes_)
            p[f"{side}.norm.weight"], p[f"{side}.norm.bias"] = weights[at : at + 2]
            at += 2
        steps = x.shape[1]
        told = {"tgt_mask": torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1),
                "src_key_padding_mask": behind(s, source_lengths), "tgt_key_padding_mask": behind(x, lengths),
                "memory_key_padding_mask": behind(s, source_lengths)}  # fmt: skip
        return functional_call(module, p, (s, x), told)

    return f


def transformer_shapes(width, sources, targets, hidden):
    norm = [(width,), (width,)]
    return block_shapes(width, hidden) * sources + norm + decoder_shapes(width, hidden) * targets + norm


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
    firsts = [[0, 0, 2, 2, 2], [0, 1, 1, 1, 4]]
    own = (places[:, None] >= places) & (places >= torch.tensor(firsts)[..., None])
    case("attention(2, causal=true)", (2, 5, 4), projected(4), sdpa(2, 2, own[:, None]), firsts=firsts)
    case("interactions()", (2, 3, 4), [], lambda x: x[..., 0].sum(1, keepdim=True)
         + sum((x[:, s, 1:] * x[:, t, 1:]).sum(1, keepdim=True) for t in range(3) for s in range(t)))
    case("swiglu(5)", (2, 3, 4), [(4, 5), (4, 5), (5, 4)], lambda x, g, w, u: (F.silu(x @ g) * (x @ w)) @ u)
    case("encoder(2, hidden=6)", (3, 4, 4), block_shapes(4, 6), block(4, 2, 6, True), [4, 1, 3])
    case("encoder(2, hidden=6, activation=relu, order=post)", (2, 3, 4), block_shapes(4, 6),
         block(4, 2, 6, False, activation="relu"))  # fmt: skip
    case("decoder(2)", (2, 4, 4), block_shapes(4, 16), block(4, 2, 16, True, True))

    looking = "encoder_decoder(dense(5), cross_attention(2))"
    looked = [(4, 5), (5,), *cross_shapes(4, 5)]
    case(looking, (3, 4, 4), looked, cross(4, 2, 5), source=(3, 6, 4))
    case(looking, (3, 4, 4), looked, cross(4, 2, 5), source=(3, 6, 4), source_lengths=[6, 1, 0])
    case(looking, (1, 1, 4), looked, cross(4, 2, 5), source=(1, 1, 4))
    case("encoder_decoder(dense(3), cross_attention(3))", (2, 5, 6), [(6, 3), (3,), *cross_shapes(6, 3)],
         cross(6, 3, 3), source=(2, 2, 6), source_lengths=[1, 2])  # fmt: skip

    def block_text(kind, n, more):
        return " | ".join([f"{kind}(2, hidden=6{more}{', cross=true' if kind == 'decoder' else ''})"] * n) + " | layer_norm()"

    for first, activation, more in ((True, "gelu", ""), (False, "relu", ", activation=relu, order=post")):
        for n, m, batch, source, lengths, source_lengths in (
            (1, 1, (1, 3, 4), (1, 5, 4), None, None),
            (2, 1, (3, 4, 4), (3, 5, 4), [4, 1, 2], [1, 5, 3]),
            (1, 2, (2, 5, 4), (2, 2, 4), None, [2, 1]),
        ):
            text = f"encoder_decoder({block_text('encoder', n, more)}, {block_text('decoder', m, more)})"
            case(text, batch, transformer_shapes(4, n, m, 6), transformer(4, 2, n, m, 6, activation, first),
                 lengths, source=source, source_lengths=source_lengths)  # fmt: skip

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
