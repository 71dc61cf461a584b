"""The same problem in other modelling tools, each with `build(data)` to the loaded solver and `optimum(loaded)`."""
