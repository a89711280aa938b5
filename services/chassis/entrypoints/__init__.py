"""What nameko and eventlet see of a service: nothing else in the chassis knows them.

The process must have called `eventlet.monkey_patch()` before it imported anything else.
"""
