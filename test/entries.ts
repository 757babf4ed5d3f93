/** The conditions of an entry of a package, as far as its source is concerned. */
export interface EntryTarget {
  readonly 'ackwire-source'?: string | { readonly types: string }
}

/** Returns the source file with the types of an entry, from the folder of its package. */
export const sourceOf = ({ 'ackwire-source': source = '' }: EntryTarget): string =>
  typeof source === 'string' ? source : source.types
