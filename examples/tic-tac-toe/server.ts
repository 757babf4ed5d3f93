import { randomBytes } from 'node:crypto'
import { attach } from '@ackwire/core/server'
import type { Server } from 'socket.io'
import { api, type Game, type Mark } from './contract.js'
import { resultOf } from './game.js'

interface Match {
  /** The players' marks, by their tokens. */
  readonly players: ReadonlyMap<string, Mark>
  /** The connected clients by socket id, each with its mark, or null for a spectator. */
  readonly present: Map<string, Mark | null>
  readonly board: Game['board']
  turn: Mark
  /** The time at which a client last connected or disconnected. */
  seenAt: number
}

const FORGOTTEN_AFTER_MS = 10 * 60_000

/**
 * Adds tic-tac-toe to a Socket.IO server. All state is in memory. A match is removed once nobody has been connected to it for ten
 * minutes.
 */
export const ticTacToe = (io: Server): void => {
  const matches = new Map<string, Match>()
  let waiting: { readonly socketId: string; readonly token: string } | undefined

  setInterval(() => {
    for (const [id, { present, seenAt }] of matches)
      if (present.size === 0 && Date.now() - seenAt > FORGOTTEN_AFTER_MS) matches.delete(id)
  }, 60_000).unref()

  const server = attach(io, api)

  server.on.seek(({ input: token, socket }) => {
    if (waiting === undefined || waiting.token === token) return void (waiting = { socketId: socket.id, token })
    const id = randomBytes(8).toString('hex')
    const players = new Map<string, Mark>([
      [waiting.token, 'X'],
      [token, 'O'],
    ])
    const board: Game['board'] = Array.from({ length: 9 }, () => null)
    matches.set(id, { players, present: new Map(), board, turn: 'X', seenAt: Date.now() })
    server.to([waiting.socketId, socket.id]).emit.matched(id)
    waiting = undefined
  })
  server.on.disconnect(({ socket }) => {
    if (waiting?.socketId === socket.id) waiting = undefined
  })

  const matchOf = (id: string): Match => {
    const match = matches.get(id)
    if (match === undefined) throw new Error(`There is no game ${id}`)
    return match
  }
  const tell = (id: string): void => {
    const { board, turn, present } = matchOf(id)
    if (present.size === 0) return
    const here = (['X', 'O'] as const).filter(mark => [...present.values()].includes(mark))
    server.of('/game-{id}', { id }).emit.changed({ board, turn, result: resultOf(board), here })
  }

  // A token that belongs to no player is accepted as a spectator's.
  const games = server
    .of('/game-{id}')
    .authenticate(({ auth, params }) => ({ mark: matchOf(params.id).players.get(auth.token) ?? null }))

  const see = (id: string, change: (present: Match['present']) => void): void => {
    const match = matchOf(id)
    change(match.present)
    match.seenAt = Date.now()
    tell(id)
  }
  games.on.connection(({ socket, params, data, emit }) => {
    emit.you_are(data.mark)
    see(params.id, present => present.set(socket.id, data.mark))
  })
  games.on.disconnect(({ socket, params }) => see(params.id, present => present.delete(socket.id)))

  games.on.move(({ input: cell, params, data, fail }) => {
    const match = matchOf(params.id)
    const result = resultOf(match.board)
    const by = match.board[cell]
    if (data.mark === null) return fail('NOT_A_PLAYER', {})
    if (result) return fail('OVER', { result })
    if (data.mark !== match.turn) return fail('NOT_YOUR_TURN', { turn: match.turn })
    if (by) return fail('TAKEN', { by })
    match.board[cell] = match.turn
    match.turn = match.turn === 'X' ? 'O' : 'X'
    tell(params.id)
  })
}
