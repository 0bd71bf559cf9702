"""The commands of ``python -m bot``, one a module: ``add_to(commands)`` declares it, ``do(options)`` runs it."""
