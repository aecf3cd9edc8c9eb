"""How the embedded model of Privacy Filter for Caddy is made.

One module a step, in the order of `train.sh`: base (weights to start from),
values/pools/templates/carriers/negatives (the generator), dataset (windows of
token ids), train, export, evaluate, install. Nothing here runs in production;
what production gets are the files that install.py writes.
"""
