import { type Json, textOf } from './json.js'
import type { ReadLog } from './log.js'
import { titlesBeside } from './metadata.js'

/** An event's objects: its message, and those around it. */
export interface EventParts {
  readonly name: string
  readonly message: Json
  readonly sources: readonly Json[]
  readonly hasSummary: boolean
}

/** Returns the titles for an event without a summary, and tells of what neither an event nor a rendering has a place for. */
export const titlesAndLeftovers = (
  { name, message, sources, hasSummary }: EventParts,
  { remark }: ReadLog,
): readonly string[] => {
  const titles = titlesBeside(name, sources)
  for (const title of titles.slice(hasSummary ? 0 : 1))
    remark(`${name}: the title ${JSON.stringify(title)} is left out`)
  for (const { externalDocs } of sources.filter(source => 'externalDocs' in source).slice(1))
    remark(`${name}: externalDocs ${JSON.stringify(externalDocs)} is left out, since there is another`)
  const { name: given, contentType } = message
  if (textOf(given) !== undefined && given !== name)
    remark(`${name}: the name of its message, ${JSON.stringify(given)}, is left out`)
  if (contentType !== undefined && !/json|octet-stream/.test(String(contentType)))
    remark(`${name}: contentType ${JSON.stringify(contentType)} is left out`)
  return titles
}
