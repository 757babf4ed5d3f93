import type { VNode } from 'preact'
import { textIn } from '../../../parse/json.js'
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

/** Returns the id of a field's input. It has no space, which would part it where ids are listed. */
export const idOf = (path: string): string => `field${encodeURIComponent(path)}`

/** Returns the id of the issues of a field. */
export const issueIdOf = (path: string): string => `${idOf(path)}-issue`

/** Returns the id of a field's description. */
export const hintIdOf = (path: string): string => `${idOf(path)}-hint`

/** Returns the attributes of an input: its id, and what a screen reader says of it besides its label. */
export const stateOf = ({
  schema,
  path,
  issues,
  isOptional = false,
}: Pick<FieldProps, 'schema' | 'path' | 'issues' | 'isOptional'>) => {
  const isInvalid = issues.some(issue => issue.path === path)
  const described = [
    ...(isInvalid ? [issueIdOf(path)] : []),
    ...(textIn(schema, 'description') === undefined ? [] : [hintIdOf(path)]),
  ]
  return {
    id: idOf(path),
    ...(isOptional ? {} : { 'aria-required': true }),
    ...(isInvalid ? { 'aria-invalid': true } : {}),
    ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
  } as const
}
