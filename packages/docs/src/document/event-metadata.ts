import type { Extensions, Security } from '@ackwire/core'
import type { TagObject } from '../asyncapi/asyncapi-types.js'
import type { Entry } from './naming.js'
import { extensionsOf } from '../asyncapi/extensions.js'
import { createTags } from '../asyncapi/tags.js'

/** All tags that hold for an event: its namespace's, its groups' and its own. */
export const tagsOf = ({ event, around }: Entry): readonly TagObject[] | undefined =>
  createTags([...around.flatMap(options => options.tags ?? []), ...(event.description.tags ?? [])])

/** An event's description, or its innermost group's. */
export const descriptionOf = ({ event }: Entry): string | undefined =>
  event.description.description ?? event.groups.findLast(group => group.description !== undefined)?.description

/** What secures an event: its own schemes, or else those of what it stands in, innermost first. */
export const securityOf = ({ event, around }: Entry): Security | undefined =>
  event.description.security ?? around.findLast(options => options.security !== undefined)?.security

/** What other tools read: of its groups, then its own. */
export const extensionsIn = ({ event }: Entry): Extensions => ({
  ...Object.assign({}, ...event.groups.map(group => extensionsOf(group, event.path))),
  ...extensionsOf(event.description, event.path),
})
