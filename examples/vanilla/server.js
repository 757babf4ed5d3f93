import { attach } from '@ackwire/core/server'
import { api } from './contract.js'

const MOST = 8

/**
 * Adds the poll to a Socket.IO server. All state is in memory and lost when the process ends. @param {import('socket.io').Server}
 * io
 */
export const poll = io => {
  const server = attach(io, api)
  const options = ['Tabs', 'Spaces']
  /** The vote of each window, by its socket's id. @type {Map<string, string>} */
  const votes = new Map()
  const standing = () =>
    options.map(option => ({ option, votes: [...votes.values()].filter(vote => vote === option).length }))

  server.on.connection(({ emit }) => emit.poll(standing()))
  server.on.disconnect(({ socket }) => {
    if (votes.delete(socket.id)) server.emit.poll(standing())
  })
  server.on.vote(({ input: option, socket, fail }) => {
    if (!options.includes(option)) return fail('NO_SUCH_OPTION', { options })
    votes.set(socket.id, option)
    server.emit.poll(standing())
  })
  server.on.suggest(({ input: option, fail }) => {
    if (options.includes(option)) return fail('EXISTS', { option })
    if (options.length === MOST) return fail('FULL', { most: MOST })
    options.push(option)
    server.emit.poll(standing())
  })
}
