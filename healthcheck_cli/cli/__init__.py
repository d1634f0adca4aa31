"""The commands, one file each: parse, call, print, exit code.

Only here are the clock, the environment and the terminal known. How anything is worked out is not.
"""
