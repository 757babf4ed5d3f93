/** Whose application a document describes. */
export type Perspective = 'server' | 'client'
