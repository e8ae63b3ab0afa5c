#!/usr/bin/env python3
"""TF-IDF, naive Bayes, logistic and ridge regression on a small corpus: python3 text.py > text.json
scikit-learn 1.2.1. Words of two letters or more, and runs of four characters inside words; terms in at least two texts;
each kind of term scaled to length 1 on its own."""
import json
import warnings
import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import MultinomialNB

warnings.filterwarnings("ignore")  # the tolerance asked for is below what doubles show
texts = [
    "Win a FREE prize now, call 0800 123!", "Are we still meeting for lunch today?", "free entry: win cash prize, text WIN",
    "Lunch at noon, usual place", "Your invoice 2041 is attached, payment due Friday", "Payment received, thank you for invoice 2040",
    "call now to claim your free cash", "See you at the meeting on Friday", "", "Invoice 2042: payment due today",
    "Prize prize PRIZE! claim now now now", "shall we call mum today", "the café is closed on Friday", "naïve café über free",
    "Thank you for lunch, see you Friday", "URGENT claim your cash prize today", "a b c d", "Payment overdue: invoice 2039, call us",
    "meeting moved to noon\ttoday", "   win   cash   today   ", "see the attached invoice", "Free lunch?! at the café",
    "you win, we lose", "text STOP to stop, call to win", "invoice for the prize money", "today noon the usual place",
]
kinds = [2, 0, 2, 0, 1, 1, 2, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0, 1, 0, 2, 1, 0, 2, 2, 1, 0]
kind = np.array(kinds)
spam = (kind == 2).astype(int)
score = np.round(kind * 2.5 + np.sin(np.arange(len(texts))), 4)

words = TfidfVectorizer(min_df=2)
runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4), min_df=2)
X = hstack([words.fit_transform(texts), runs.fit_transform(texts)]).tocsr()
names = list(words.get_feature_names_out()) + list(runs.get_feature_names_out())
bayes = {}
for alpha in (1.0, 0.1):
    for name, target in (("spam", spam), ("kinds", kind)):
        peer = MultinomialNB(alpha=alpha).fit(X, target)
        bayes[f"{name} {alpha}"] = {"prior": peer.class_log_prior_.tolist(), "terms": np.round(peer.feature_log_prob_, 10).tolist(),
                                    "probability": np.round(peer.predict_proba(X), 10).tolist()}
logit = LogisticRegression(C=1, tol=1e-12, max_iter=100000, solver="newton-cg").fit(X, spam)
softmax = LogisticRegression(C=1, tol=1e-12, max_iter=100000, solver="newton-cg", multi_class="multinomial").fit(X, kind)
ridge = Ridge(alpha=1, solver="cholesky").fit(X.toarray(), score)
print(json.dumps({"texts": texts, "kinds": kinds, "score": score.tolist(), "names": names, "words": len(words.vocabulary_),
                  "idf": [words.idf_.tolist(), runs.idf_.tolist()], "features": np.round(X.toarray(), 9).tolist(), "bayes": bayes,
                  "logistic": {"coefficients": np.round(logit.coef_, 9).tolist(), "intercepts": logit.intercept_.tolist()},
                  "softmax": {"coefficients": np.round(softmax.coef_, 9).tolist(), "intercepts": softmax.intercept_.tolist()},
                  "ridge": {"coefficients": np.round([ridge.coef_], 9).tolist(), "intercepts": [ridge.intercept_]}}))
