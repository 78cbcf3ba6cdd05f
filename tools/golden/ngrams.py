#!/usr/bin/env python3
"""N-grams of executed scikit-learn: what NgramsTest of the module data is checked against.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tools/golden/ngrams.py

For each text: how many n-grams differ from 0, the smallest, the largest, the sum, the sum of cubes.
"""
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = ["You won a prize, you won!", "See you at the meeting at ten", "a meeting about the Prize"]
vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
for row in vectorizer.fit_transform(TEXTS).toarray():
    worth = np.sort(row[row > 0])
    print(len(worth), worth[0], worth[-1], worth.sum(), (worth**3).sum())
