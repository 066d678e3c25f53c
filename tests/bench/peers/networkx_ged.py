"""Exact graph edit distances of networkx, unit costs.

usage: networkx_ged.py FILE
FILE: one pair of graphs a line, as "NODES LABEL... EDGES (FROM TO LABEL)..." twice.
prints: seconds of processor time a pair, then the distance of each pair.
"""
import sys
import time

import networkx as nx


def graph(numbers):
    made = nx.DiGraph()
    for node in range(next(numbers)):
        made.add_node(node, label=next(numbers))
    for _ in range(next(numbers)):
        made.add_edge(next(numbers), next(numbers), label=next(numbers))
    return made


pairs = []
for line in open(sys.argv[1]):
    numbers = iter(map(int, line.split()))
    pairs.append((graph(numbers), graph(numbers)))
same = lambda a, b: a["label"] == b["label"]
nx.graph_edit_distance(nx.path_graph(2), nx.path_graph(3))  # what it imports when it is first called
began = time.process_time()
distances = [nx.graph_edit_distance(a, b, node_match=same, edge_match=same) for a, b in pairs]
print((time.process_time() - began) / len(pairs), *map(int, distances))
