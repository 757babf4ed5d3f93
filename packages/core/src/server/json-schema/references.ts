import { innerSchemas } from '../../schema/inner-schemas.js'
import { isRecord } from './check.js'

/** Finds what references refer to, in a schema and the schemas inside of it. */
export interface References {
  /** The schema that a reference in another refers to; `undefined` where there is none. */
  targetOf(schema: object, reference: string): unknown
}

/** The base of references in a schema without an `$id`. */
const NOWHERE = 'ackwire:/schema'

/** Goes through a schema once, and lists what can be referred to. */
export const referencesIn = (root: unknown): References => {
  const bases = new Map<object, string>()
  const named = new Map<string, unknown>()
  const visit = (schema: unknown, base: string): void => {
    if (!isRecord(schema) || bases.has(schema)) return
    const { $id, $anchor, $dynamicAnchor } = schema
    const own = typeof $id === 'string' ? withoutFragment(new URL($id, base).href) : base
    bases.set(schema, own)
    if (own !== base || schema === root) named.set(own, schema)
    for (const anchor of [$anchor, $dynamicAnchor])
      if (typeof anchor === 'string') named.set(`${own}#${anchor}`, schema)
    for (const inner of innerSchemas(schema)) visit(inner.schema, own)
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
