/** The side that a document describes. */
export type Perspective = 'server' | 'client'
