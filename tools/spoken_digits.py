#!/usr/bin/env python3
"""Spoken digits by espeak-ng, to train on: words by class, and strings of digits with their transcripts.

    tools/spoken_digits.py FOLDER [words|strings]     needs espeak-ng; both unless one is named

    FOLDER/words/train/seven/…wav, FOLDER/words/test/seven/…wav        thalweg train FOLDER/words --model cnn
    FOLDER/strings/train.csv, FOLDER/strings/test.csv: file,transcript  thalweg train FOLDER/strings/train.csv --task transcription

Voices (accents and throats) of the test part are not among those of the training; each speaks at several pitches and speeds.
The same files for the same version of espeak-ng.
"""
import csv
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TRAIN = [accent + throat for accent, throats in {
    "en-us": ["", "+m1", "+m3", "+f1", "+f3", "+max", "+linda", "+adam", "+anika", "+boris", "+david", "+gene"],
    "en-gb": ["", "+m2", "+f2", "+john", "+steph", "+ed", "+paul", "+shelby", "+quincy", "+robert", "+aunty"],
    "en-gb-x-rp": ["+m4", "+belinda", "+antonio", "+Annie", "+iven2"],
    "en-gb-scotland": ["+m5", "+Alicia", "+travis"],
    "en-gb-x-gbcwmd": ["+f1", "+m8", "+caleb", "+Andy"],
}.items() for throat in throats]
TEST = ["en-us+m7", "en-us+f4", "en-gb+m6", "en-gb-x-gbclan+f5", "en-us-nyc+victor"]


def speak(job):
    file, voice, pitch, speed, text = job
    os.makedirs(os.path.dirname(file), exist_ok=True)
    subprocess.run(["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(speed), "-w", file, text], check=True)


def run(jobs):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(speak, jobs))


def title(voice):
    return voice.replace("+", "-")


def words(folder):
    for part, voices in (("train", TRAIN), ("test", TEST)):
        run([
            (f"{folder}/{part}/{digit}/{title(voice)}-{pitch}-{speed}.wav", voice, pitch, speed, digit)
            for voice in voices for digit in DIGITS for pitch in (35, 65) for speed in (140, 180)
        ])


def strings(folder):
    draw = random.Random(1)
    for part, voices, count in (("train", TRAIN, 2400), ("test", TEST, 200)):
        jobs, rows = [], []
        for i in range(count):
            digits = [draw.randrange(10) for _ in range(draw.randint(3, 6))]
            voice = voices[i % len(voices)]
            file = f"{part}/{i:04}.wav"
            jobs.append((f"{folder}/{file}", voice, draw.randint(30, 70), draw.randint(130, 200), " ".join(DIGITS[d] for d in digits)))
            rows.append((file, "".join(map(str, digits))))
        run(jobs)
        with open(f"{folder}/{part}.csv", "w", newline="") as to:
            csv.writer(to, lineterminator="\n").writerows([("file", "transcript"), *rows])


def main(folder, which=None):
    if which not in (None, "words", "strings"):
        sys.exit(__doc__)
    if not shutil.which("espeak-ng"):
        sys.exit("spoken_digits: espeak-ng is not here; a package of that name has it (apt install espeak-ng, brew install espeak-ng)")
    for name, make in (("words", words), ("strings", strings)):
        if which in (None, name):
            make(os.path.join(folder, name))
            print(os.path.join(folder, name))


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(*sys.argv[1:3])
