import type { Schema } from './schema.js'

/** A reason why values of one schema may not be accepted by another. */
export interface Reason {
  /** The place within the payload: `.user.email`. */
  readonly path: string
  /** The keyword, or the subject of the reason. */
  readonly what: string
  /** The value in the schema whose values must be accepted. */
  readonly inner: unknown
  /** The value in the schema that must accept them. */
  readonly outer: unknown
  /** True if the values may be accepted, but this can't be proved. */
  readonly isUnclear: boolean
}

/** The claim that `outer` accepts all values that satisfy every one of `inner`, at a place. */
export interface Claim {
  readonly inner: readonly Schema[]
  readonly outer: Schema
  readonly path: string
}

/** Proves that `outer` accepts all values that satisfy every one of `inner`; returns no reasons if it does. */
export type Prove = (inner: readonly Schema[], outer: Schema, path: string, descends: boolean) => readonly Reason[]

/** Creates a reason that is certain. */
export const differs = (path: string, what: string, inner: unknown, outer: unknown): Reason => ({
  path,
  what,
  inner,
  outer,
  isUnclear: false,
})

/** Returns a reason as an uncertain one. */
export const unsure = ({ path, what, inner, outer }: Reason): Reason => unclear(path, what, inner, outer)

/** Creates a reason that is uncertain. */
export const unclear = (path: string, what: string, inner: unknown, outer: unknown): Reason => ({
  ...differs(path, what, inner, outer),
  isUnclear: true,
})
