import type { Extensions, Security } from '@ackwire/core'
import type { TagObject } from '../asyncapi/asyncapi-types.js'
import type { Entry } from './naming.js'
import { extensionsOf } from '../asyncapi/extensions.js'
import { createTags } from '../asyncapi/tags.js'

/** Returns all tags of an event: its namespace's, its groups' and its own. */
export const tagsOf = ({ event, around }: Entry): readonly TagObject[] | undefined =>
  createTags([...around.flatMap(options => options.tags ?? []), ...(event.description.tags ?? [])])

/** Returns an event's description, or that of its innermost group. */
export const descriptionOf = ({ event }: Entry): string | undefined =>
  event.description.description ?? event.groups.findLast(group => group.description !== undefined)?.description

/** Returns an event's security: its own, or else that of its innermost group or its namespace. */
export const securityOf = ({ event, around }: Entry): Security | undefined =>
  event.description.security ?? around.findLast(options => options.security !== undefined)?.security

/** Returns an event's `x-` extensions: its own, and those of its groups that it does not replace. */
export const extensionsIn = ({ event }: Entry): Extensions => ({
  ...Object.assign({}, ...event.groups.map(group => extensionsOf(group, event.path))),
  ...extensionsOf(event.description, event.path),
})
