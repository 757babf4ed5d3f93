import type { Game, Mark } from './contract.js'

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

const hasWon = (board: Game['board'], mark: Mark): boolean =>
  LINES.some(line => line.every(cell => board[cell] === mark))

/** Returns the winner, `draw`, or null while the game goes on. */
export const resultOf = (board: Game['board']): Game['result'] => {
  if (hasWon(board, 'X')) return 'X'
  if (hasWon(board, 'O')) return 'O'
  return board.includes(null) ? null : 'draw'
}
