import type { VNode } from 'preact'
import { describeBytes, fileNameOf, isBytes, noteFile } from '../../document/bytes.js'
import { type FieldProps, stateOf } from './field-props.js'

/** A field for bytes from a file, which stays in the browser until it is sent. */
export const BinaryField = (props: FieldProps): VNode => {
  const { value, onChange } = props
  const name = isBytes(value) ? fileNameOf(value) : undefined
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    onChange(noteFile(new Uint8Array(await file.arrayBuffer()), file.name))
  }
  return (
    <div class="file">
      <input
        type="file"
        {...stateOf(props)}
        onChange={event => {
          read(event.currentTarget.files?.[0]).catch(() => onChange(undefined))
        }}
      />
      <span class="quiet">
        {isBytes(value)
          ? `${name === undefined ? '' : `${name} `}${describeBytes(value)}`
          : 'Choose a file to send its bytes.'}
      </span>
    </div>
  )
}
