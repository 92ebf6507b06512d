"""kg: who said what about whom, from Russian news, as a graph you can query."""

__version__ = "0.1.0"
