"""A python-socketio client that reads streams as guide/wire-protocol.md shows it: lines of JSON come in, and lines of JSON tell what happened."""
import json
import sys

import socketio

from lines import read as lines, tell

url, transport = json.loads(sys.argv[1])
sio = socketio.Client(reconnection=False)


def read(sio, event, *args):
    page = sio.call(event, args)
    while True:
        if '$error' in page:
            raise RuntimeError(page['$error']['code'])
        yield from page['items']
        if 'next' not in page:
            return
        page = sio.call(event + ':next', page['next'], timeout=None)


sio.connect(url, transports=[transport])
tell('connected')
for do, event, *args in lines():
    if do == 'read':
        try:
            for item in read(sio, event, *args):
                tell('item', item)
            tell('end')
        except RuntimeError as error:
            tell('end', str(error))
    elif do == 'call':
        reply = sio.call(event, tuple(args), timeout=5)
        tell('answered', *(() if reply is None else (reply,)))
    elif do == 'leave':
        break
sio.disconnect()
