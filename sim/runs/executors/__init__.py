"""Where chunks are simulated: this process, a local pool, a Dask cluster, or a given executor.

All share the interface `concurrent.futures.Executor`; they differ in how they are opened, found
dead and opened again.

May import: distributed, in its own file.
Never: knows what a chunk is.
"""
