"""From one record to the facts that conditions ask about: answers, problems, observations, computations, lines.

It must not know where the record came from, nor which rules there are.
"""
