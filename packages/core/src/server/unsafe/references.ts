import { isRecord } from './check.js'

/** Finds what references refer to, in a schema and the schemas inside of it. */
export interface References {
  /** The schema that a reference in another refers to; `undefined` where there is none. */
  targetOf(schema: object, reference: string): unknown
}

/** Where references are resolved from that stand in a schema without an `$id`. */
const NOWHERE = 'ackwire:/schema'

/** Keywords whose values are no schemas, whatever they look like. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples'])

/** Goes through a schema once, and lists what can be referred to. */
export const referencesIn = (root: unknown): References => {
  const bases = new Map<object, string>()
  const named = new Map<string, unknown>()
  const visit = (schema: unknown, base: string): void => {
    if (typeof schema !== 'object' || schema === null || bases.has(schema)) return
    if (Array.isArray(schema)) {
      for (const item of schema) visit(item, base)
      return
    }
    if (!isRecord(schema)) return
    const { $id, $anchor, $dynamicAnchor } = schema
    const own = typeof $id === 'string' ? withoutFragment(new URL($id, base).href) : base
    bases.set(schema, own)
    if (own !== base || schema === root) named.set(own, schema)
    for (const anchor of [$anchor, $dynamicAnchor])
      if (typeof anchor === 'string') named.set(`${own}#${anchor}`, schema)
    for (const [keyword, value] of Object.entries(schema)) if (!DATA.has(keyword)) visit(value, own)
  }
  visit(root, NOWHERE)
  if (!named.has(NOWHERE)) named.set(NOWHERE, root)

  return {
    targetOf(schema, reference) {
      const { href, hash } = new URL(reference, bases.get(schema) ?? NOWHERE)
      const resource = withoutFragment(href)
      const fragment = decodeURIComponent(hash.slice(1))
      if (fragment === '') return named.get(resource)
      return fragment.startsWith('/') ? pointed(named.get(resource), fragment) : named.get(`${resource}#${fragment}`)
    },
  }
}

const withoutFragment = (href: string): string => href.split('#', 1)[0] ?? href

const pointed = (from: unknown, pointer: string): unknown =>
  pointer
    .slice(1)
    .split('/')
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, step) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined,
      from,
    )
