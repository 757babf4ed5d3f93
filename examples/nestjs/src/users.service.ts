import { Injectable } from '@nestjs/common'

export interface User {
  readonly name: string
  readonly role: 'user' | 'moderator'
}

interface Session extends User {
  readonly expiresAt: Date
}

/** Replace it with your own: a repository, a JWT service, or another service. */
@Injectable()
export class Users {
  readonly #sessions = new Map<string, Session>([
    ['token-of-ann', { name: 'ann', role: 'moderator', expiresAt: new Date('2100-01-01') }],
    ['token-of-bob', { name: 'bob', role: 'user', expiresAt: new Date('2100-01-01') }],
    ['old-token-of-bob', { name: 'bob', role: 'user', expiresAt: new Date('2020-01-01') }],
  ])
  readonly #muted = new Map<string, Date>()

  sessionOf(token: string): Session | undefined {
    return this.#sessions.get(token)
  }

  mute(name: string, minutes: number): void {
    this.#muted.set(name, new Date(Date.now() + minutes * 60_000))
  }

  mutedUntil(name: string): Date | undefined {
    const until = this.#muted.get(name)
    return until !== undefined && until > new Date() ? until : undefined
  }
}
