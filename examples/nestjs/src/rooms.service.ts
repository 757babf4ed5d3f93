import { Injectable } from '@nestjs/common'

export interface Message {
  readonly from: string
  readonly text: string
  readonly at: Date
}

@Injectable()
export class Rooms {
  readonly #messages = new Map<string, Message[]>()

  messagesOf(room: string): Message[] {
    return this.#messages.get(room) ?? []
  }

  add(room: string, from: string, text: string): Message {
    const message = { from, text, at: new Date() }
    this.#messages.set(room, [...this.messagesOf(room), message])
    return message
  }
}
