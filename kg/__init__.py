"""kg: who said what about whom, from Russian news, as a graph you can query.

Importing it sets the BLAS libraries to one thread, unless the environment says otherwise: kg's
matrices are tiny, and threads make them several times slower. It must happen before numpy loads.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

__version__ = "0.1.0"
