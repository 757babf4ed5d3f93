import type { VNode } from 'preact'
import type { Issue } from '../store/issue.js'

/** The properties of every part of a form. */
export interface FieldProps {
  readonly schema: unknown
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** The JSON pointer to the value in the form, by which issues find their field. */
  readonly path: string
  readonly issues: readonly Issue[]
  readonly label: string
  /** An element at the end of the label's line, such as a button that removes the field. */
  readonly action?: VNode | undefined
  readonly isOptional?: boolean
  /** Hides the label, which the only field of a form does not need. */
  readonly isBare?: boolean
}

/** The properties of a part that contains other fields. */
export interface GroupProps extends FieldProps {
  /** The component for any field, passed down because groups and fields render each other. */
  readonly Field: (props: FieldProps) => VNode
}

/** Returns the id of a field's input. */
export const idOf = (path: string): string => `field${path.replaceAll('/', '-')}`
