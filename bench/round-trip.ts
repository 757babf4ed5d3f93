/** What a contract costs: server CPU per acknowledged message over a real websocket. */
import { compare } from './turns.js'

await compare(['by hand', 'ackwire'], ['valid', 'invalid'])
