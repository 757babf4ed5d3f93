"""A python-socketio client that does what it is told: lines of JSON come in, and lines of JSON tell what happened."""
import json
import sys

import socketio

from lines import read, tell

url, namespace, transport, auth = json.loads(sys.argv[1])
sio = socketio.Client(reconnection=False)


def on(event):
    return sio.on(event, namespace=namespace)


@on('connect_error')
def connect_error(error=None):
    tell('refused', error)


@on('joined')
def joined(*args):
    tell('joined', *args)


@on('snapshot')
def snapshot(*args):
    tell('snapshot', *args)


@on('double')
def double(number):
    return number * 2


@on('several')
def several():
    return 1, 2


@on('nothing')
def nothing():
    return None


@on('found')
def found(is_there):
    return 7 if is_there else None


@on('busy')
def busy():
    return {'$error': {'code': 'BUSY', 'message': 'Busy', 'data': 5}}


@on('mirror')
def mirror(data):
    return data[::-1]


@on('garbage')
def garbage(kind):
    answers = {
        'text': 'no integer',
        'list': [1, 2],
        'bytes': b'\x01',
        'envelope': {'$error': 5},
        'unknown': {'$error': {'code': 'NO_SUCH_CODE', 'message': 'made up'}},
        'data': {'$error': {'code': 'BUSY', 'message': 'Busy', 'data': 'no integer'}},
        'internal': {'$error': {'code': 'INTERNAL', 'message': 'own words'}},
        'unparsable': float('nan'),
    }
    return answers.get(kind)


try:
    sio.connect(url, auth=auth, transports=[transport], namespaces=[namespace])
except socketio.exceptions.ConnectionError:
    sys.exit()
tell('connected')
for do, event, *args in read():
    if do == 'emit':
        sio.emit(event, tuple(args), namespace=namespace)
        continue
    reply = sio.call(event, tuple(args), namespace=namespace, timeout=5)
    # None stands for an ack without arguments, and a tuple for one with several.
    tell('answered', *(() if reply is None else reply if isinstance(reply, tuple) else (reply,)))
sio.disconnect()
