import type { VNode } from 'preact'
import type { Issue } from '../store/validate.js'

/** What every part of a form is given. */
export interface FieldProps {
  readonly schema: unknown
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** A JSON pointer to the value in the form, which is how an issue finds its field. */
  readonly path: string
  readonly issues: readonly Issue[]
  readonly label: string
  /** What stands at the end of the label's line, such as a button that takes the field away. */
  readonly action?: VNode | undefined
  readonly isOptional?: boolean
  /** Whether the label is shown; a field alone in its form needs none. */
  readonly isBare?: boolean
}

/** What a part of a form is given that has fields in it. */
export interface GroupProps extends FieldProps {
  /** The component of any field: it renders the group, and the group renders it. */
  readonly Field: (props: FieldProps) => VNode
}

/** The id of a field's input. */
export const idOf = (path: string): string => `field${path.replaceAll('/', '-')}`
