/** Values of a form's unions, by their paths, so that a change of the kind or of the view loses nothing. */
export interface Memory {
  /** The variant that was chosen last. */
  readonly chosen: Map<string, number>
  /** The last value of each variant. */
  readonly values: Map<string, unknown>
}

/** Creates the memory of a form that has not been used. */
export const createMemory = (): Memory => ({ chosen: new Map(), values: new Map() })
