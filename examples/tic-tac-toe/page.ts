import { createClient, safe } from '@ackwire/client'
import type { api, Game, Mark } from './contract.js'

// Session storage is per tab, so that two tabs are two players, and survives a reload.
const token: string = (sessionStorage['token'] ??= crypto.randomUUID())
const client = createClient<typeof api>()

const find = (selector: string): HTMLElement => {
  const element = document.querySelector(selector)
  if (element instanceof HTMLElement) return element
  throw new Error(`the page has no ${selector}`)
}
const [status, alert] = [find('[role=status]'), find('[role=alert]')]
const [board, action, link] = [find('#board'), find('button.primary'), find('.quiet')]

const offer = (what: string, act: () => void): void => {
  action.textContent = what
  action.hidden = false
  action.addEventListener('click', act, { once: true })
}

const seek = (): void => {
  client.on.matched(id => (location.hash = id))
  offer('Find an opponent', () => {
    action.hidden = true
    status.textContent = 'Waiting for an opponent …'
    if (client.socket.connected) client.emit.seek(token)
    // Asks again after a reconnect, since the server forgets those waiting when they disconnect.
    client.on.connect(() => client.emit.seek(token))
  })
}

const play = (id: string): void => {
  const game = client.of('/game-{id}', { id }, { auth: { token } })
  let me: Mark | null = null

  const statusOf = ({ result, turn, here }: Game): string => {
    if (result === 'draw') return 'A draw'
    if (result) return me === null ? `${result} has won` : me === result ? 'You have won!' : 'You have lost'
    if (me === null) return `You are watching; it is ${turn}’s turn`
    if (here.length < 2) return 'Your opponent is away; the game is paused'
    return `You are ${me}; it is ${turn === me ? 'your' : `${turn}’s`} turn`
  }
  const move = async (cell: number): Promise<void> => {
    const [error] = await safe(game.emit.move(cell))
    // Each code has its own data.
    if (error?.code === 'TAKEN') alert.textContent = `${error.data.by} is already there.`
    else if (error?.code === 'NOT_YOUR_TURN') alert.textContent = `It is ${error.data.turn}’s turn.`
    else if (error?.code === 'NOT_A_PLAYER') alert.textContent = 'You are only watching.'
    else if (error?.code === 'OVER') alert.textContent = 'The game is over.'
    else if (error) alert.textContent = error.message
  }
  const cells = Array.from({ length: 9 }, (_, index) => {
    const cell = board.appendChild(document.createElement('button'))
    cell.addEventListener('click', () => void move(index))
    return cell
  })

  game.on.you_are(mark => (me = mark))
  game.on.changed(state => {
    board.hidden = link.hidden = false
    status.textContent = statusOf(state)
    alert.textContent = ''
    cells.forEach((cell, index) => {
      cell.className = cell.textContent = state.board[index] ?? ''
      cell.ariaLabel = `Cell ${index + 1}: ${state.board[index] ?? 'empty'}`
    })
    if (state.result) offer('Another game', () => (location.hash = ''))
  })
  game.on.disconnect(() => (status.textContent = 'Connection lost; the game is paused'))
  // Socket.IO retries by itself, except when the server refused the connection.
  game.on.connect_error(() => {
    if (game.socket.active) return
    status.textContent = 'There is no such game'
    offer('Another game', () => (location.hash = ''))
  })
}

addEventListener('hashchange', () => location.reload())
if (location.hash === '') seek()
else play(location.hash.slice(1))
