"""From a review to what people and programs read: one renderer an output.

It must not know how findings came about; it works nothing out again.
"""
