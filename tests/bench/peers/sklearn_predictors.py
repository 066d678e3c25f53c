"""A predictor of scikit-learn on rows from a file.

usage: sklearn_predictors.py FILE LEARN ASK COLUMNS MODEL
FILE: LEARN + ASK rows of COLUMNS features as float32, row-major, then as many targets as float64. MODEL: an expression, "Ridge(alpha=1)".
prints: seconds to fit the first LEARN rows and to predict the others, their root mean squared error and Kendall tau.
"""
import sys
import time

import numpy as np
from scipy.stats import kendalltau
from sklearn.ensemble import *
from sklearn.linear_model import *
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import *
from sklearn.neural_network import *
from sklearn.svm import *

path, learn, ask, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
rows = learn + ask
x = np.fromfile(path, dtype=np.float32, count=rows * columns).reshape(rows, columns).astype(float)
y = np.fromfile(path, dtype=float, offset=4 * rows * columns)
model = eval(sys.argv[5])
began = time.perf_counter()
model.fit(x[:learn], y[:learn])
fitted = time.perf_counter()
predicted = model.predict(x[learn:])
done = time.perf_counter()
print(fitted - began, done - fitted, np.sqrt(np.mean((predicted - y[learn:]) ** 2)), kendalltau(predicted, y[learn:])[0])
