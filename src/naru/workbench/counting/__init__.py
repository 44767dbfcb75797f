"""Counter B: what a graph needs, counted node by node along its inferred shapes."""

from naru.workbench.counting.graph import GraphCount, count_graph

__all__ = ["GraphCount", "count_graph"]
