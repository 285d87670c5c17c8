"""Makes elementary.jsonl: where the true value of an elementary function lies among the doubles, for 4,000 points each.

Run: python3 tests/reference/generate_elementary.py > tests/reference/elementary.jsonl   (needs mpmath; made with 1.3.0)

A line is {"name", "seed", "segments", "places"}. The points are not stored: both this script and the Rust test make them from the
seed with splitmix64, segment by segment. Each segment is [kind, a, b, count] for each argument, or two of them side by side for a
function of two arguments:

  uniform      a + (b - a) * u,  u in [0, 1)
  powers       s * m * 2^k,  m in [1, 2),  k a whole number in [a, b],  s either sign
  positive     as powers, s = 1
  near         a * (1 + s * m * 2^-k),  k in [1, 52];  b is -1, 0 or 1: the sign s, or either when 0
  whole        a whole number in [a, b]

The doubles are numbered in order (0 is number 0, the least positive double number 1, its negative number -1). The true value,
worked out to 60 digits (more where digits cancel), lies at some number plus a fraction; `places` holds floor(16 * place) mod 65536 for each point, two bytes
little-endian, all in base64. That is enough to measure an error of up to 2,000 ulp to a sixteenth.
"""
import base64
import json
import math
import struct
import sys

import mpmath as mp

mp.mp.dps = 60
MASK = (1 << 64) - 1


class SplitMix:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def unit(self):
        return (self.next() >> 11) * 2.0**-53

    def below(self, n):
        return self.next() % n


def draw(random, kind, a, b):
    if kind == "uniform":
        return a + (b - a) * random.unit()
    if kind == "whole":
        return float(a + random.below(b - a + 1))
    sign = 1.0 if random.below(2) == 0 else -1.0
    mantissa = 1.0 + random.unit()
    if kind in ("powers", "positive"):
        k = a + random.below(b - a + 1)
        value = mantissa * 2.0 ** max(k, -1022)
        if k < -1022:
            value = value * 2.0 ** (k + 1022)
        return value if kind == "positive" else sign * value
    if kind == "near":
        k = 1 + random.below(52)
        sign = sign if b == 0 else float(b)
        return a * (1.0 + sign * (mantissa * 2.0**-k))
    raise ValueError(kind)


def number(x):
    bits = struct.unpack("<q", struct.pack("<d", abs(x)))[0]
    return -bits if x < 0 else bits


def place(v):
    """floor(16 * place of the real number v among the doubles)."""
    if v == 0:
        return 0
    low = float(v)
    if mp.mpf(low) > v:
        low = math.nextafter(low, -math.inf)
    high = math.nextafter(low, math.inf)
    fraction = (v - mp.mpf(low)) / (mp.mpf(high) - mp.mpf(low))
    return number(low) * 16 + int(mp.floor(fraction * 16))


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def logarithm(base):
    return lambda x: mp.log(x) / mp.log(base)


def sinc(x):
    return mp.sin(x) / x if x != 0 else mp.mpf(1)


def cbrt(x):
    return mp.sign(x) * mp.root(abs(x), 3)


def logaddexp(x, y):
    return max(x, y) + mp.log1p(mp.exp(-abs(x - y)))


ANY = ["powers", -1070, 1020, 1000]
TRIGONOMETRIC = [["uniform", -10, 10, 1500], ["powers", -40, 20, 1000], ["near", math.pi, 0, 250], ["near", 355.0, 0, 250],
                 ["powers", -1070, 1023, 1000]]
UNIT = [["uniform", -1, 1, 1500], ["powers", -60, -1, 1000], ["near", 1.0, -1, 1000], ["near", -1.0, -1, 500]]
HYPERBOLIC = [["uniform", -3, 3, 1500], ["uniform", -700, 700, 1000], ["powers", -60, 3, 1000], ["powers", -1070, -60, 500]]
POSITIVE = [["positive", -1070, 1020, 1500], ["uniform", 0, 10, 1500], ["near", 1.0, 0, 1000]]
FUNCTIONS = {
    "exp": (mp.exp, [["uniform", -745, 709, 1500], ["uniform", -3, 3, 1500], ["powers", -60, 3, 1000]]),
    "expm1": (mp.expm1, [["uniform", -50, 709, 1000], ["uniform", -3, 3, 2000], ["powers", -60, 3, 1000]]),
    "ln": (mp.log, POSITIVE),
    "ln1p": (mp.log1p, [["uniform", -0.999, 3, 1500], ["positive", -1070, 1020, 500], ["powers", -60, -1, 1500], ["near", -1.0, -1, 500]]),
    "log10": (logarithm(10), POSITIVE),
    "log2": (logarithm(2), POSITIVE),
    "sin": (mp.sin, TRIGONOMETRIC),
    "cos": (mp.cos, TRIGONOMETRIC),
    "tan": (mp.tan, TRIGONOMETRIC),
    "asin": (mp.asin, UNIT),
    "acos": (mp.acos, UNIT),
    "atan": (mp.atan, [["uniform", -5, 5, 2000], ["powers", -60, 60, 1000], ANY]),
    "sinh": (mp.sinh, HYPERBOLIC),
    "cosh": (mp.cosh, HYPERBOLIC),
    "tanh": (mp.tanh, HYPERBOLIC[:1] + [["uniform", -25, 25, 1000]] + HYPERBOLIC[2:]),
    "asinh": (mp.asinh, [["uniform", -5, 5, 2000], ["powers", -60, 60, 1000], ANY]),
    "acosh": (mp.acosh, [["uniform", 1, 5, 1500], ["near", 1.0, 1, 1500], ["positive", 1, 1020, 1000]]),
    "atanh": (mp.atanh, UNIT),
    "sqrt": (mp.sqrt, [["uniform", 0, 10, 2000], ["positive", -1070, 1020, 2000]]),
    "cbrt": (cbrt, [["uniform", -10, 10, 2000], ["powers", -1070, 1020, 2000]]),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), [["uniform", -700, 40, 1500], ["uniform", -4, 4, 1500], ["powers", -60, 5, 1000]]),
    "softplus": (softplus, [["uniform", -700, 40, 1500], ["uniform", -4, 4, 1500], ["powers", -60, 5, 1000]]),
    "erf": (mp.erf, [["uniform", -6, 6, 1500], ["uniform", -1.5, 1.5, 1500], ["powers", -1000, 2, 1000]]),
    "sech": (mp.sech, HYPERBOLIC),
    "sec": (mp.sec, TRIGONOMETRIC),
    "csc": (mp.csc, TRIGONOMETRIC[:4] + [["powers", -1020, 1020, 1000]]),
    "cot": (mp.cot, TRIGONOMETRIC[:4] + [["powers", -1020, 1020, 1000]]),
    "sinc": (sinc, TRIGONOMETRIC[:4] + [["powers", -40, 40, 1000]]),
}
TWO = {
    "powf": (mp.power, [(["uniform", 0, 10], ["uniform", -20, 20], 1500), (["positive", -300, 300], ["uniform", -3, 3], 1500),
                        (["near", 1.0, 0], ["uniform", -50, 50], 1000)]),
    "powi": (mp.power, [(["uniform", -3, 3], ["whole", -8, 8], 2000), (["uniform", 0.2, 2], ["whole", -200, 200], 1000),
                        (["powers", -30, 30], ["whole", -30, 30], 1000)]),
    "hypot": (mp.hypot, [(["uniform", -10, 10], ["uniform", -10, 10], 2000), (["powers", -1020, 1020], ["powers", -1020, 1020], 500),
                         (["powers", -20, 20], ["powers", -20, 20], 1000), (["powers", 1000, 1021], ["powers", 1000, 1021], 500)]),
    "atan2": (mp.atan2, [(["uniform", -10, 10], ["uniform", -10, 10], 2000), (["powers", -200, 200], ["powers", -200, 200], 1000),
                         (["powers", -20, 20], ["powers", -20, 20], 1000)]),
    "logaddexp": (logaddexp, [(["uniform", 0, 10], ["uniform", 0, 10], 2000), (["uniform", 0, 700], ["uniform", 0, 700], 1000),
                              (["uniform", 0, 1], ["near", 1.0, 0], 1000)]),
}


def emit(name, seed, segments, places):
    data = base64.b64encode(struct.pack(f"<{len(places)}H", *[p % 65536 for p in places])).decode()
    print(json.dumps({"name": name, "seed": seed, "segments": segments, "places": data}))


def careful(function, *arguments):
    """The value at 60 digits, with more where a first look shows that digits cancel."""
    for digits in (60, 400):
        with mp.workdps(digits):
            v = function(*[mp.mpf(a) for a in arguments])
        with mp.workdps(2 * digits):
            w = function(*[mp.mpf(a) for a in arguments])
        if abs(v - w) <= abs(w) * mp.mpf(10) ** -40:
            break
    return w


def main():
    seed = 1
    for name, (function, segments) in FUNCTIONS.items():
        random = SplitMix(seed)
        places = []
        for kind, a, b, count in segments:
            places += [place(careful(function, draw(random, kind, a, b))) for _ in range(count)]
        emit(name, seed, segments, places)
        seed += 1
    for name, (function, segments) in TWO.items():
        random = SplitMix(seed)
        places = []
        for first, second, count in segments:
            for _ in range(count):
                x = draw(random, *first)
                y = draw(random, *second)
                places.append(place(careful(function, x, y)))
        emit(name, seed, [[f, s, c] for f, s, c in segments], places)
        seed += 1


if __name__ == "__main__":
    sys.exit(main())
