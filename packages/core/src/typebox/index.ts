/**
 * TypeBox, in few files on Node: the same names and types as those of `@sinclair/typebox`.
 *
 * @module
 */
export * from '@sinclair/typebox'
