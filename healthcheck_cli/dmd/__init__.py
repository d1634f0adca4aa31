"""The user's own release of dm+d, the NHS dictionary of medicines and devices: read once, then asked by id and name.

``release`` finds the files, ``xml_records`` reads one, ``index`` writes what is kept, ``lookup`` answers. Nothing of
dm+d is shipped: the user downloads it, under the user's own licence.
"""
