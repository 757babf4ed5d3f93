/** A schema that others refer to. */
export interface Component {
  readonly pointer: string
  readonly schema: unknown
  /** The name in the document, which becomes its `$id`. */
  readonly id: string
  /** The name of its constant. */
  readonly name: string
}

/** A component by itself, or several that contain each other and must be defined together. */
export interface Cluster {
  readonly members: readonly Component[]
  /** The name of the constant that defines several components together. */
  readonly module?: string
  readonly isRecursive: boolean
}
