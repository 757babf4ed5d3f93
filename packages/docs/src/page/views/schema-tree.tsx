import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useApi } from '../state/context.js'
import { examplesOf, factsOf } from '../document/facts.js'
import { property, textIn } from '../../parse/json.js'
import { type Part, partsOf } from '../document/parts.js'
import { kindOf, literal, typeLabel, variantLabel } from '../document/schema.js'
import { href } from '../state/route.js'
import { Inline } from '../text/markdown.js'

interface Place {
  /** The names of the enclosing schemas, so that a recursive one stays collapsed. */
  readonly trail: readonly string[]
}

/** A schema as a tree: its description in one line, with its parts below. */
export const SchemaTree = ({ schema }: { readonly schema: unknown }): VNode => (
  <div class="schema">
    <Node schema={schema} trail={[]} />
  </div>
)

const Node = ({ schema, trail, part }: Place & { readonly schema: unknown; readonly part?: Part }): VNode => {
  const { resolve } = useApi()
  const { value, name } = resolve(schema)
  const parts = partsOf(value, resolve)
  const names = [name, resolve(property(value, 'items')).name].filter(each => each !== undefined)
  const isRecursive = names.some(each => trail.includes(each))
  const [isOpen, setOpen] = useState(!isRecursive && trail.length < 4 && parts.length <= 40)
  const head = (
    <>
      {part !== undefined && <code class={`key ${part.role}`}>{part.label}</code>}
      <TypeName schema={schema} isVariant={part?.role === 'variant'} />
      {isRecursive && <span class="fact">recursive</span>}
      <Facts schema={value} part={part} />
    </>
  )
  return (
    <>
      <div class="node">
        {parts.length === 0 ? (
          <span class="toggle" />
        ) : (
          <button
            type="button"
            class="toggle"
            aria-expanded={isOpen}
            aria-label={`Parts of ${part?.label ?? name ?? 'the value'}`}
            onClick={() => setOpen(!isOpen)}
          />
        )}
        <div class="node-text">
          <div class="node-head">{head}</div>
          <Notes schema={value} />
        </div>
      </div>
      {isOpen && parts.length > 0 && (
        <ul>
          {parts.map((each, index) => (
            <li key={index}>
              <Node schema={each.schema} trail={[...trail, ...(names.length > 0 ? names : [''])]} part={each} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The name of a type, linked if the schema has its own page. */
const TypeName = ({ schema, isVariant }: { readonly schema: unknown; readonly isVariant: boolean }): VNode => {
  const { resolve, schemas } = useApi()
  const { value, name } = resolve(schema)
  const items = resolve(property(value, 'items')).name
  const linked = name ?? (kindOf(value) === 'array' ? items : undefined)
  const label =
    value === undefined && schema !== undefined
      ? `${name ?? 'unknown'} (not in this document)`
      : (name ?? (isVariant ? variantLabel : typeLabel)(value, each => resolve(each).name))
  return linked !== undefined && schemas.has(linked) ? (
    <a class="type" href={href({ view: 'schema', key: linked })}>
      {label}
    </a>
  ) : (
    <span class="type">{label}</span>
  )
}

const Facts = ({ schema, part }: { readonly schema: unknown; readonly part: Part | undefined }): VNode => {
  const preset = property(schema, 'default')
  const canLack = part?.role === 'property' || part?.role === 'item'
  return (
    <>
      {canLack && (part.isRequired ? <span class="required">required</span> : <span class="optional">optional</span>)}
      {factsOf(schema).map(fact => (
        <span class="fact" key={fact}>
          {fact}
        </span>
      ))}
      {preset !== undefined && <span class="fact">default {literal(preset)}</span>}
      {property(schema, 'readOnly') === true && <span class="fact">read only</span>}
      {property(schema, 'deprecated') === true && <span class="badge warn">deprecated</span>}
    </>
  )
}

const Notes = ({ schema }: { readonly schema: unknown }): VNode | null => {
  const description = textIn(schema, 'description')
  const examples = examplesOf(schema)
  if (description === undefined && examples.length === 0) return null
  return (
    <div class="notes">
      {description !== undefined && <Inline text={description} />}
      {examples.length > 0 && (
        <span class="example">
          e.g.{' '}
          {examples.slice(0, 3).map((example, index) => (
            <code key={index}>{literal(example)}</code>
          ))}
        </span>
      )}
    </div>
  )
}
