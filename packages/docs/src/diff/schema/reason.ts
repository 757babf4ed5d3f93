import type { Schema } from './schema.js'

/** Why it is not certain that values which one schema lets through are let through by another. */
export interface Reason {
  /** Where, from the payload on: `.user.email`. */
  readonly path: string
  /** The keyword, or what it is about. */
  readonly what: string
  /** What the schema says whose values have to be accepted. */
  readonly inner: unknown
  /** What the schema says that has to accept them. */
  readonly outer: unknown
  /** Whether it may be fine all the same, and only can't be shown. */
  readonly isUnclear: boolean
}

/** That `outer` accepts all that every one of `inner` lets through, at this place. */
export interface Claim {
  readonly inner: readonly Schema[]
  readonly outer: Schema
  readonly path: string
}

/** Proves that `outer` accepts all that every one of `inner` lets through; no reasons if it does. */
export type Prove = (inner: readonly Schema[], outer: Schema, path: string, descends: boolean) => readonly Reason[]

/** A reason that is certain. */
export const differs = (path: string, what: string, inner: unknown, outer: unknown): Reason => ({
  path,
  what,
  inner,
  outer,
  isUnclear: false,
})

/** The same reason, where it is not certain. */
export const unsure = ({ path, what, inner, outer }: Reason): Reason => unclear(path, what, inner, outer)

/** A reason that stands for not knowing. */
export const unclear = (path: string, what: string, inner: unknown, outer: unknown): Reason => ({
  ...differs(path, what, inner, outer),
  isUnclear: true,
})
