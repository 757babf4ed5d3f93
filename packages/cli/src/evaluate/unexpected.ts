import type { Node } from 'acorn'

/** Rejects code that no generated contract contains. This is always a mistake of the generator, for any document. */
export const unexpected = ({ type }: Node, where: string): never => {
  throw new Error(`unexpected ${type} as ${where} in an imported contract; this is a bug in ackwire, please report it`)
}
