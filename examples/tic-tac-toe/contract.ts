import { event, router } from '@ackwire/core'
import { Type, type Static } from '@sinclair/typebox'

const Mark = Type.Union([Type.Literal('X'), Type.Literal('O')])
const Cell = Type.Integer({ minimum: 0, maximum: 8, description: 'From left to right, then from top to bottom' })
const Result = Type.Union([Mark, Type.Literal('draw')])
const Game = Type.Object({
  board: Type.Array(Type.Union([Mark, Type.Null()]), { minItems: 9, maxItems: 9 }),
  turn: Mark,
  result: Type.Union([Result, Type.Null()]),
  line: Type.Array(Cell, { description: 'With which it was won' }),
  here: Type.Array(Mark, { description: 'The players that are connected' }),
  watching: Type.Integer(),
})
const Token = Type.String({
  minLength: 16,
  maxLength: 64,
  description: 'By which a player is known, also after a reload',
})
const Id = Type.String({ pattern: '^[0-9a-f]{16}$', examples: ['0123456789abcdef'] })
const Nothing = Type.Object({})

export type Mark = Static<typeof Mark>
export type Game = Static<typeof Game>

export const api = router({
  /** Asks for an opponent; as soon as there is one, both are told their game. */
  seek: event.input(Token),
  matched: event.output(Id),

  '/game-{id}': router(
    {
      move: event
        .input(Cell)
        .ack()
        .errors({
          NOT_A_PLAYER: Nothing,
          NOT_YOUR_TURN: Type.Object({ turn: Mark }),
          TAKEN: Type.Object({ by: Mark }),
          OVER: Type.Object({ result: Result }),
        }),

      /** Begins anew once a game is over; who was second is first. */
      again: event.input().ack().errors({ NOT_A_PLAYER: Nothing, NOT_OVER: Nothing }),

      /** Tells a client its mark when it connects, or nothing if it only watches. */
      you_are: event.output(Type.Union([Mark, Type.Null()])),
      changed: event.output(Game),
    },
    { auth: Type.Object({ token: Token }), params: Type.Object({ id: Id }) },
  ),
})
