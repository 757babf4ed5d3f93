/**
 * The client as Node loads it: that of browsers, whose connections also coalesce their writes.
 *
 * @module
 */

export * from '../index.js'
export { createClient } from './client.js'
