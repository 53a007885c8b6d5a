"""Where chunks are worked on: this process, a pool here, a Dask cluster, or an executor given.

All are reached over the one seam `concurrent.futures.Executor`; what differs is how they are
opened, noticed to be dead and opened again.

May import: distributed, in its own file.
Never: knows what a chunk is.
"""
