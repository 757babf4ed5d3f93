"""Lines of JSON, in which {"$bytes": base64} are bytes."""
import base64
import json
import sys


def _bytes_in(value):
    return base64.b64decode(value['$bytes']) if '$bytes' in value else value


def _text_of(value):
    return {'$bytes': base64.b64encode(value).decode()}


def read():
    for line in sys.stdin:
        yield json.loads(line, object_hook=_bytes_in)


def tell(what, *args):
    print(json.dumps([what, *args], default=_text_of), flush=True)
