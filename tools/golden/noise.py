"""The numbers of the normal distribution that `gaussian` and `dion` draw: Philox4x32-10 and Box-Muller, as
dev.thalweg.kernels.Philox has them."""
import math

MASK = 0xFFFFFFFF


def block(key, low, high):
    """Ten rounds: two numbers of 64 bits."""
    c = [low & MASK, low >> 32, high & MASK, high >> 32]
    k = [key & MASK, key >> 32]
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & MASK, (p0 >> 32) ^ c[3] ^ k[1], p0 & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c[0] | c[1] << 32, c[2] | c[3] << 32


def normal(seed, stream, index):
    first, second = block(seed, index >> 1, stream)
    radius = math.sqrt(-2 * math.log(((first >> 11) + 1) * 2.0**-53))
    angle = 2 * math.pi * ((second >> 11) * 2.0**-53)
    return radius * (math.cos(angle) if index % 2 == 0 else math.sin(angle))
