import { feathers } from '@feathersjs/feathers'
import { Ajv, hooks } from '@feathersjs/schema'
import socketio from '@feathersjs/socketio'
import { getValidator, Type } from '@feathersjs/typebox'
import { createServer } from 'node:http'
import { connected, listening, type Peer } from './peer.js'

// Feathers has its own copy of TypeBox, which its validators need.
const Input = Type.Object({
  email: Type.String(),
  password: Type.String({ minLength: 6 }),
  friends: Type.Optional(Type.Array(Type.Object({ name: Type.String(), age: Type.Integer() }))),
})

/** The Feathers peer. Its hook checks the input; Feathers has no check for a service's reply. */
export const feathersjs: Peer = {
  async listen() {
    const app = feathers<{ sign_up: { create(data: unknown): Promise<{ success: boolean }> } }>()
    app.configure(socketio({ transports: ['websocket'] }))
    app.use('sign_up', { create: async () => ({ success: true }) }, { methods: ['create'] })
    const validate = hooks.validateData(getValidator(Input, new Ajv({ coerceTypes: false })))
    app.service('sign_up').hooks({ before: { create: [validate as never] } })
    const http = createServer()
    await app.setup(http as never)
    return listening(http)
  },
  async connect(port) {
    const socket = await connected(port)
    return {
      call: input =>
        new Promise(resolve =>
          socket.emit('create', 'sign_up', input, {}, (error: unknown) =>
            resolve(error === null ? 'answered' : 'refused'),
          ),
        ),
      close: () => void socket.disconnect(),
    }
  },
}
