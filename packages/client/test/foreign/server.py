"""A python-socketio server with what the contract beside it says, and with answers that break it."""
import socket

import socketio
from aiohttp import web

from lines import tell

sio = socketio.AsyncServer(async_mode='aiohttp')
app = web.Application()
sio.attach(app)


@sio.event
async def divide(sid, dividend, divisor):
    if divisor == 0:
        return {'$error': {'code': 'BY_ZERO', 'message': 'No', 'data': {'dividend': dividend}}}
    return dividend / divisor


@sio.event
async def touch(sid):
    return None


@sio.event
async def move(sid, x, y):
    await sio.emit('joined', ('moved', x + y), to=sid)


@sio.event
async def reverse(sid, data):
    return data[::-1]


@sio.event
async def show(sid):
    await sio.emit('snapshot', bytes([1, 2, 255]), to=sid)


@sio.event
async def first(sid):
    return 'first', 'second'


@sio.event
async def find(sid, is_there):
    return 7 if is_there else None


@sio.event
async def refuse(sid):
    issue = {'path': '/0', 'message': 'Expected integer'}
    return {'$error': {'code': 'INVALID_INPUT', 'message': 'The input is wrong', 'issues': [issue]}}


@sio.event
async def relay(sid, event, *args):
    """Asks the client, and answers with all that the client's ack was called with."""
    answer = await sio.call(event, args, to=sid, timeout=5)
    return {'answer': answer, 'many': isinstance(answer, tuple), 'none': answer is None}


@sio.event
async def garble(sid, kind):
    answers = {
        'text': 'no integer',
        'envelope': {'$error': 5},
        'issues': {'$error': {'code': 'INVALID_INPUT', 'message': 7, 'issues': 'none'}},
        'unparsable': float('nan'),
    }
    return answers.get(kind)


@sio.on('connect', namespace='/admin')
async def connect(sid, environ, auth):
    if auth != {'token': 'secret'}:
        refusal = {'code': 'UNAUTHORIZED', 'message': 'Who are you?'}
        raise socketio.exceptions.ConnectionRefusedError('Who are you?', refusal)


@sio.on('who', namespace='/admin')
async def admin(sid):
    return '/admin'


@sio.on('who', namespace='/game-42')
async def game(sid):
    return '/game-42'


listening = socket.socket()
listening.bind(('127.0.0.1', 0))
listening.listen()
tell('listening', listening.getsockname()[1])
web.run_app(app, sock=listening, print=None)
