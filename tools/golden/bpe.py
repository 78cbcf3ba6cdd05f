#!/usr/bin/env python3
"""Byte-pair encoding of executed Hugging Face tokenizers: what TokenizerTest of the module data is checked against.

    python3 -m venv venv && venv/bin/pip install tokenizers==0.23.3
    venv/bin/python tools/golden/bpe.py data/src/main/resources/dev/thalweg/data/moby-dick.txt.gz \
        > data/src/test/resources/golden/bpe.tsv

Learned of the text, 1,000 tokens. Lines, fields parted by tabs: `version tokenizers number`; `merge left right`, each pair
in order, as bytes in hexadecimal; `tokens number sum`, how many tokens the text has, and the sum of
each times its place modulo 1,000,003, bytes being 0 … 255 and the i-th merge 256 + i.
"""
import gzip
import sys

import tokenizers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers


def mapped():
    """Characters of the bytes, as GPT-2 has them."""
    printed = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printed]
    return {chr(b): b for b in printed} | {chr(256 + i): b for i, b in enumerate(others)}


def main():
    text = gzip.open(sys.argv[1]).read().decode()
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    bpe.train_from_iterator([text], trainers.BpeTrainer(vocab_size=1000, initial_alphabet=alphabet, show_progress=False))
    bytes_of = mapped()
    merges = __import__("json").loads(bpe.to_str())["model"]["merges"]
    number = {t: i for t, i in bytes_of.items()}
    print("version", "tokenizers", tokenizers.__version__, sep="\t")
    for i, (left, right) in enumerate(merges):
        number[left + right] = 256 + i
        print("merge", *(bytes(bytes_of[c] for c in t).hex() for t in (left, right)), sep="\t")
    tokens = [number[t] for t in bpe.encode(text).tokens]
    print("tokens", len(tokens), sum((i + 1) * t for i, t in enumerate(tokens)) % 1_000_003, sep="\t")


if __name__ == "__main__":
    main()
