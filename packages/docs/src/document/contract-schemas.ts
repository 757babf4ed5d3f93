import type { TSchema } from '@sinclair/typebox'
import type { Channel } from './naming.js'
import type { Handshake } from '../options/options.js'
import { createRegistry, type Registry } from './schema/registry.js'
import { idsIn, namesIn } from './schema/parts.js'
import { createSchema } from './schema/schema.js'

/** Creates the registry of a contract's schemas. */
export const registryOf = (channels: readonly Channel[], handshakes: Readonly<Record<string, Handshake>>): Registry =>
  createRegistry({
    translate: createSchema,
    filled: new Set(channels.flatMap(filledIn).flatMap(idsIn)),
    names: new Set([...channels.flatMap(schemasIn), ...Object.values(handshakes)].flatMap(namesIn)),
  })

/** Returns the schemas whose defaults the server fills in before validation. */
const filledIn = ({ namespace, entries }: Channel): readonly (TSchema | undefined)[] => [
  namespace.options.auth,
  ...entries.flatMap(({ event }) => (event.direction === 'input' ? [...event.args, event.rest] : [])),
]

const schemasIn = ({ namespace, entries }: Channel): readonly unknown[] => [
  namespace.options.auth,
  namespace.options.params,
  ...Object.values(namespace.options.errors ?? {}),
  ...entries.flatMap(({ event }) => [
    ...event.args,
    event.rest,
    event.stream,
    event.ack?.schema,
    event.ack?.errorFirst || undefined,
    ...Object.values(event.errors),
  ]),
]
