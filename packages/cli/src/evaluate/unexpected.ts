import type { Node } from 'acorn'

/** Refuses what no imported contract is made of: the writer would be at fault, whatever the document says. */
export const unexpected = ({ type }: Node, where: string): never => {
  throw new Error(`an imported contract has no ${type} as ${where}; this is a mistake of ackwire, please report it`)
}
