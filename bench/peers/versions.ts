import { readFileSync } from 'node:fs'

const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>
}
const COMPARED = [
  'socket.io',
  'ws',
  'zod-sockets',
  '@trpc/server',
  '@orpc/server',
  '@feathersjs/feathers',
  '@nestjs/core',
]

/** The compared libraries with their versions. */
export const versions = COMPARED.map(name => `${name} ${dependencies[name]}`).join(', ')
