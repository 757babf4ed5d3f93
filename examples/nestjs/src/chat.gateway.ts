import { type BeforeApplicationShutdown, Inject } from '@nestjs/common'
import { type OnGatewayInit, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import type { Server } from 'socket.io'
import { ChatHandlers } from './chat.handlers.js'
import { ChatBinding } from './chat.server.js'

@WebSocketGateway()
export class ChatGateway implements OnGatewayInit<Server>, BeforeApplicationShutdown {
  readonly #binding: ChatBinding
  readonly #handlers: ChatHandlers
  #server: ReturnType<ChatBinding['bind']> | undefined

  constructor(@Inject(ChatBinding) binding: ChatBinding, @Inject(ChatHandlers) handlers: ChatHandlers) {
    this.#binding = binding
    this.#handlers = handlers
  }

  afterInit(io: Server): void {
    this.#server = this.#binding.bind(io)
    this.#server.handle(this.#handlers)
  }

  /** Not in the contract, so it stays as it is. */
  @SubscribeMessage('version')
  version(): string {
    return '2.3.1'
  }

  /** Waits for running calls, before Nest closes the server of Socket.IO. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#server?.close()
  }
}
