#!/usr/bin/env python3
"""Sounds of executed torchaudio, librosa and soundfile: what SoundGoldenTest of the module data is checked against.

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 torchaudio librosa soundfile
    venv/bin/python tools/golden/sounds.py > data/src/test/resources/golden/sounds.tsv

Lines of fields parted by tabs, numbers parted by blanks:

    file      SUBTYPE  BASE64 of a file that soundfile wrote  RATE  SAMPLES as soundfile reads them, channels as their mean
    signal    NAME     RATE     SAMPLES
    resampled NAME     RATE     SAMPLES of torchaudio.functional.resample in float64
    mel       NAME     WINDOW HOP BANDS LOW HIGH SCALE   ln max(power, 1e-10), frame after frame: scale htk of torchaudio, slaney of librosa

Where torchaudio can't be had for the version of PyTorch, its published formula (BSD-2-Clause) is run in PyTorch instead; a comment line says so.
"""
import base64
import io
import math

import librosa
import numpy as np
import soundfile
import torch

try:
    import torchaudio
except Exception:  # not built for this version of PyTorch
    torchaudio = None


def numbers(values):
    return " ".join(repr(float(v)) for v in np.asarray(values).ravel())


def signal(rate, length):
    n = np.arange(length)
    t = n / rate
    x = 0.4 * np.sin(2 * np.pi * (200 + 900 * t) * t) + 0.2 * np.sin(2 * np.pi * 1234.5 * t + 1) + 0.05 * np.cos(n * n * 0.37)
    return (x * (0.2 + 0.8 * np.sin(np.pi * n / length) ** 2)).astype(np.float32)


def resample(x, old, new):
    x = torch.tensor(x, dtype=torch.float64)
    if torchaudio is not None:
        return torchaudio.functional.resample(x, old, new).numpy()
    gcd = math.gcd(old, new)
    old, new = old // gcd, new // gcd
    zeros = 6
    base = min(old, new) * 0.99
    width = math.ceil(zeros * old / base)
    index = torch.arange(-width, width + old, dtype=torch.float64)[None, None] / old
    t = (torch.arange(0, -new, -1, dtype=torch.float64)[:, None, None] / new + index) * base
    t = t.clamp(-zeros, zeros)
    window = torch.cos(t * math.pi / zeros / 2) ** 2
    t = t * math.pi
    kernels = torch.where(t == 0, torch.tensor(1.0, dtype=torch.float64), t.sin() / t) * window * (base / old)
    padded = torch.nn.functional.pad(x[None, None], (width, width + old))
    y = torch.nn.functional.conv1d(padded, kernels, stride=old).transpose(1, 2).reshape(-1)
    return y[: math.ceil(new * len(x) / old)].numpy()


def htk(x, rate, window, hop, size, bands, low, high):
    x = torch.tensor(x, dtype=torch.float64)
    if torchaudio is not None:
        mel = torchaudio.transforms.MelSpectrogram(
            sample_rate=rate, n_fft=size, win_length=window, hop_length=hop, f_min=low, f_max=high, n_mels=bands, pad_mode="constant"
        ).double()
        return mel(x).T.numpy()
    spectrum = torch.stft(
        x, size, hop, window, torch.hann_window(window, dtype=torch.float64), pad_mode="constant", return_complex=True
    ).abs() ** 2
    filters = librosa.filters.mel(sr=rate, n_fft=size, n_mels=bands, fmin=low, fmax=high, htk=True, norm=None, dtype=np.float64)
    return (filters @ spectrum.numpy()).T


def slaney(x, rate, window, hop, size, bands, low, high):
    return librosa.feature.melspectrogram(
        y=x.astype(np.float64), sr=rate, n_fft=size, win_length=window, hop_length=hop, n_mels=bands, fmin=low, fmax=high,
        pad_mode="constant", dtype=np.float64,
    ).T


versions = [("torch", torch.__version__), ("librosa", librosa.__version__), ("soundfile", soundfile.__version__)]
versions.append(("torchaudio", torchaudio.__version__ if torchaudio else "absent: its formula"))
print("# made by tools/golden/sounds.py with " + ", ".join(f"{n} {v}" for n, v in versions))

for format, subtype, channels in [
    ("WAV", "PCM_U8", 1), ("WAV", "PCM_16", 2), ("WAV", "PCM_24", 1), ("WAV", "PCM_32", 2), ("WAV", "FLOAT", 1), ("WAV", "DOUBLE", 1),
    ("WAVEX", "PCM_16", 1), ("WAVEX", "PCM_24", 2), ("WAVEX", "FLOAT", 2), ("RF64", "PCM_16", 1),
]:
    x = np.stack([signal(8000, 23) * (1 - 0.5 * c) for c in range(channels)], 1)
    to = io.BytesIO()
    soundfile.write(to, x, 8000, subtype=subtype, format=format)
    read, rate = soundfile.read(io.BytesIO(to.getvalue()), dtype="float64", always_2d=True)
    print("file", f"{format}-{subtype}-{channels}", base64.b64encode(to.getvalue()).decode(), rate, numbers(read.mean(1)), sep="\t")

for name, rate, length, others in [("a", 22050, 700, (16000, 8000)), ("b", 8000, 400, (16000, 11025)), ("c", 44100, 500, (16000, 44000))]:
    x = signal(rate, length)
    print("signal", name, rate, numbers(x), sep="\t")
    for other in others:
        print("resampled", name, other, numbers(resample(x, rate, other)), sep="\t")

for name, rate, length, window, hop, bands, low, high in [("d", 16000, 1000, 400, 160, 40, 20.0, 8000.0), ("e", 8000, 500, 256, 100, 20, 0.0, 4000.0)]:
    x = signal(rate, length)
    print("signal", name, rate, numbers(x), sep="\t")
    size = 1 << (window - 1).bit_length()
    for scale, of in (("htk", htk), ("slaney", slaney)):
        powers = of(x, rate, window, hop, size, bands, low, high)
        print("mel", name, window, hop, bands, low, high, scale, numbers(np.log(np.maximum(powers, 1e-10))), sep="\t")
