"""From the text of a medicine line to what it is: product, directions, daily dose, share of the maximum, burden scores.

It must not know rules, nor how anything is shown.
"""
