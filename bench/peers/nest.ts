import 'reflect-metadata'
import { Module, type PipeTransform } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { IoAdapter } from '@nestjs/platform-socket.io'
import { MessageBody, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets'
import type { AddressInfo } from 'node:net'
import { ZodInput } from './input.js'
import { connected, inTurn, type Peer } from './peer.js'

const checked: PipeTransform = {
  transform(value: unknown) {
    const { success, data } = ZodInput.safeParse(value)
    if (!success) throw new WsException('invalid')
    return data
  },
}

// NestJS needs legacy decorators, so they are called as functions here.
class Gateway {
  signUp(): { success: boolean } {
    return { success: true }
  }
}
const signUp = Object.getOwnPropertyDescriptor(Gateway.prototype, 'signUp')
if (signUp !== undefined) SubscribeMessage('sign_up')(Gateway.prototype, 'signUp', signUp)
MessageBody(checked)(Gateway.prototype, 'signUp', 0)
WebSocketGateway({ transports: ['websocket'] })(Gateway)
class Application {
  readonly name = 'bench'
}
Module({ providers: [Gateway] })(Application)

/**
 * The NestJS peer. A pipe checks the input; replies are not checked. A refusal is the event `exception`, and the ack is not
 * called.
 */
export const nest: Peer = {
  async listen() {
    const app = await NestFactory.create(Application, { logger: false })
    app.useWebSocketAdapter(new IoAdapter(app))
    await app.listen(0, '127.0.0.1')
    return (app.getHttpServer().address() as AddressInfo).port
  },
  async connect(port) {
    const socket = await connected(port)
    return inTurn(socket, 'exception', (input, answer) => socket.emit('sign_up', input, answer))
  },
}
