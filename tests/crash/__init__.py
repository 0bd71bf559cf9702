"""SIGKILL at named points, in a process of its own."""
