"""Makes certificates, good ones and ones broken in exactly one way: for scenarios, the lab's CA and tests.

Keys and times are passed in. Nothing here keeps a key, reads a clock or writes a file.
"""
