import type { VNode } from 'preact'
import type { ApiEvent } from '../../document/event.js'
import { useStore } from '../store/context.js'
import { initialOf } from '../store/initial.js'
import { Unread } from '../store/unread.js'
import type { Issue } from '../store/issue.js'
import { AddButton } from './add-button.js'
import { Field } from './field.js'
import { JsonField } from './json-field.js'
import { RemoveButton } from './remove-button.js'

interface ArgumentsProps {
  readonly event: ApiEvent
  readonly args: readonly unknown[]
  /** The text of the arguments while it is no list of them. */
  readonly unread: Unread | undefined
  readonly onChange: (args: readonly unknown[] | Unread) => void
  readonly issues: readonly Issue[]
  readonly isRaw: boolean
}

/** The arguments of an event, as a form or as JSON. A text that is no list of them stays in its editor until it is one. */
export const ArgumentsForm = (props: ArgumentsProps): VNode => {
  const { event, args, unread, onChange, issues, isRaw } = props
  const { resolve } = useStore().api
  const isOne = event.args.length === 1 && event.rest === undefined
  if (isRaw || unread !== undefined) return <RawArguments {...props} isOne={isOne} />
  const count = Math.max(args.length, event.args.filter(({ isRequired }) => isRequired).length)
  const following = event.args[count]?.schema ?? event.rest
  const set = (index: number, value: unknown): void =>
    onChange(Array.from({ length: count }, (_, at) => (at === index ? value : args[at])))
  return (
    <div class="fields">
      {Array.from({ length: count }, (_, index) => {
        const argument = event.args[index]
        const isLastOptional = index === count - 1 && argument?.isRequired !== true
        return (
          <Field
            key={index}
            schema={argument?.schema ?? event.rest}
            value={args[index]}
            onChange={value => set(index, value)}
            path={`/${index}`}
            issues={issues}
            label={argument?.name ?? (isOne ? 'value' : `argument ${index + 1}`)}
            isBare={isOne && isObjectLike(resolve(argument?.schema).value)}
            isOptional={argument?.isRequired !== true}
            action={
              isLastOptional ? (
                <RemoveButton
                  name={`argument ${index + 1}`}
                  next={index === 0 ? '' : `/${index - 1}`}
                  onRemove={() => onChange(args.slice(0, -1))}
                />
              ) : undefined
            }
          />
        )
      })}
      {following !== undefined && (
        <div class="adders">
          <AddButton
            words={event.args[count]?.name ?? 'Argument'}
            path={`/${args.length}`}
            onAdd={() => onChange([...args, initialOf(following, resolve)])}
          />
        </div>
      )}
    </div>
  )
}

/** Returns true for an object; a single argument of this kind needs no heading for its properties. */
const isObjectLike = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && 'properties' in schema

const RawArguments = ({
  event,
  args,
  unread,
  onChange,
  issues,
  isOne,
}: ArgumentsProps & { readonly isOne: boolean }): VNode => {
  const tuple = { type: 'array', items: event.args.map(({ schema }) => schema), additionalItems: event.rest }
  const shown = isOne ? args[0] : (unread ?? args)
  const write = (value: unknown): void => {
    if (isOne) onChange(value === undefined ? [] : [value])
    else onChange(value instanceof Unread || Array.isArray(value) ? value : [])
  }
  return (
    <div class="field" data-path="">
      <JsonField
        schema={isOne ? event.args[0]?.schema : tuple}
        value={shown}
        onChange={write}
        path=""
        label={isOne ? 'The argument' : 'The arguments'}
        rows={6}
        {...(isOne ? {} : { problemOf: listProblem })}
      />
      {!isOne && <p class="hint">A list of the arguments.</p>}
      {!(shown instanceof Unread) &&
        issues.map(({ path, message }) => (
          <p class="issue" key={path + message}>
            <code>{isOne ? path.slice(2) || '/' : path}</code> {message}
          </p>
        ))}
    </div>
  )
}

const listProblem = (value: unknown): string | undefined =>
  Array.isArray(value) ? undefined : 'Expected a list of the arguments, such as ["lobby", 7].'
