import type { Game, Mark } from './contract.js'

type Board = Game['board']

const LINES = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [0, 3, 6],
  [1, 4, 7],
  [2, 5, 8],
  [0, 4, 8],
  [2, 4, 6],
] as const

export const emptyBoard = (): Board => Array.from({ length: 9 }, () => null)

export const otherThan = (mark: Mark): Mark => (mark === 'X' ? 'O' : 'X')

/** How a game stands: who has won, and with which line. */
export const standing = (board: Board): Pick<Game, 'result' | 'line'> => {
  for (const [a, b, c] of LINES) {
    const mark = board[a]
    if (mark && mark === board[b] && mark === board[c]) return { result: mark, line: [a, b, c] }
  }
  return { result: board.includes(null) ? null : 'draw', line: [] }
}
