import { event, router } from '@ackwire/core'
import { Type, type Static } from '@ackwire/core/typebox'

const Mark = Type.Union([Type.Literal('X'), Type.Literal('O')])
const Cell = Type.Integer({ minimum: 0, maximum: 8, description: 'From left to right, then from top to bottom' })
const Result = Type.Union([Mark, Type.Literal('draw')])
const Game = Type.Object({
  board: Type.Array(Type.Union([Mark, Type.Null()]), { minItems: 9, maxItems: 9 }),
  turn: Mark,
  result: Type.Union([Result, Type.Null()]),
  here: Type.Array(Mark, { description: 'The connected players' }),
})
const Token = Type.String({ minLength: 16, maxLength: 64, description: 'A random secret of the player' })
const Id = Type.String({ pattern: '^[0-9a-f]{16}$', examples: ['0123456789abcdef'] })

export type Mark = Static<typeof Mark>
export type Game = Static<typeof Game>

export const api = router(
  {
    /** Asks for an opponent. Once there is one, both players receive the id of their game. */
    seek: event.input(Token).limit({ rate: { perSocket: { calls: 5, seconds: 10 } } }),
    matched: event.output(Id),

    '/game-{id}': router(
      {
        move: event
          .input(Cell)
          .ack()
          .errors({
            NOT_A_PLAYER: Type.Object({}),
            NOT_YOUR_TURN: Type.Object({ turn: Mark }),
            TAKEN: Type.Object({ by: Mark }),
            OVER: Type.Object({ result: Result }),
          }),

        /** Tells a client its mark on connection, or null if it is a spectator. */
        you_are: event.output(Type.Union([Mark, Type.Null()])),
        changed: event.output(Game),
      },
      { auth: Type.Object({ token: Token }), params: Type.Object({ id: Id }) },
    ),
  },
  { description: 'Tic-tac-toe for two players and any number of spectators' },
)
