"""The workbench: what a model needs, counted from its graph or configuration; reference instances.

A library and its commands; no Django. Files of strangers are read in a limited child process only.
"""
