import { createClient, safe } from '@ackwire/client'
import type { api, Game, Mark } from './contract.js'

// Of this tab, so that two tabs are two players; a reload keeps it.
const token: string = (sessionStorage['token'] ??= crypto.randomUUID())
const client = createClient<typeof api>()

/** Puts an element on the page. */
const add = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  parent: Element,
  className = '',
): HTMLElementTagNameMap[Tag] => parent.appendChild(Object.assign(document.createElement(tag), { className }))

const main = add('main', document.body)
add('h1', main).textContent = 'Tic-tac-toe'
const status = Object.assign(add('p', main, 'status'), { role: 'status' })

const seek = (): void => {
  status.textContent = 'Two players, three in a row.'
  const button = add('button', main, 'action')
  button.textContent = 'Find an opponent'
  const ask = (): void => client.emit.seek(token)
  button.addEventListener('click', () => {
    button.remove()
    status.textContent = 'Waiting for an opponent …'
    // Again after a lost connection, of which the server has forgotten that it waits.
    if (client.socket.connected) ask()
    client.on.connect(ask)
  })
  client.on.matched(id => (location.hash = id))
}

const play = (id: string): void => {
  const game = client.of('/game-{id}', { id }, { auth: { token } })
  const note = Object.assign(add('p', main, 'note'), { role: 'alert' })
  const board = add('div', main, 'board')
  const cells = Array.from({ length: 9 }, () => add('button', board))
  const again = Object.assign(add('button', main, 'action'), { textContent: 'Play again', hidden: true })
  const crowd = add('p', main, 'crowd')
  let me: Mark | null = null

  const statusOf = ({ result, turn, here }: Game): string => {
    if (result === 'draw') return 'A draw'
    if (result) return me === null ? `${result} has won` : me === result ? 'You have won!' : 'You have lost'
    if (me === null) return `You watch; it is ${turn}’s turn`
    if (here.length < 2) return 'Your opponent is away; the game waits'
    return `You are ${me}; it is ${turn === me ? 'your' : `${turn}’s`} turn`
  }

  game.on.you_are(mark => (me = mark))
  game.on.changed(state => {
    status.textContent = statusOf(state)
    note.textContent = ''
    cells.forEach((cell, index) => {
      cell.textContent = state.board[index] ?? ''
      cell.ariaLabel = `Cell ${index + 1}: ${state.board[index] ?? 'empty'}`
      cell.className = `${state.board[index] ?? 'empty'} ${state.line.includes(index) ? 'won' : ''}`
    })
    again.hidden = state.result === null || me === null
    crowd.textContent = state.watching > 0 ? `${state.watching} watching` : 'Whoever has this page’s link can watch.'
  })
  game.on.disconnect(() => (status.textContent = 'The connection is lost; the game waits'))
  // It would try again by itself, but for a refusal.
  game.on.connect_error(() => game.socket.active || (status.textContent = 'There is no such game'))

  const move = async (cell: number): Promise<void> => {
    const [error] = await safe(game.emit.move(cell))
    if (error?.code === 'TAKEN') note.textContent = `${error.data.by} is there already.`
    else if (error?.code === 'NOT_YOUR_TURN') note.textContent = `It is ${error.data.turn}’s turn.`
    else if (error?.code === 'NOT_A_PLAYER') note.textContent = 'You only watch.'
    else if (error?.code === 'OVER') note.textContent = 'The game is over.'
    else if (error) note.textContent = error.message
  }
  cells.forEach((cell, index) => cell.addEventListener('click', () => void move(index)))
  again.addEventListener('click', () => void safe(game.emit.again()))
}

addEventListener('hashchange', () => location.reload())
if (location.hash === '') seek()
else play(location.hash.slice(1))
