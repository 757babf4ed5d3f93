import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { ArrowFunctionExpression, CallExpression, Expression, ObjectExpression, SpreadElement } from 'acorn'
import { unexpected } from './unexpected.js'

type Scope = ReadonlyMap<string, unknown>

/** The TypeBox builders that generated contracts use. */
const TYPES: ReadonlySet<string> = new Set(
  [
    'Array Boolean Integer Intersect Literal Module Never Not Null Number Object Optional Record Recursive Ref',
    'RegExp String Tuple Uint8Array Union Unknown Unsafe Void',
  ].flatMap(names => names.split(' ')),
)
const BEGINNINGS: ReadonlySet<string> = new Set(['input', 'output', 'both'])
const METHODS: ReadonlySet<string> = new Set(['rest', 'stream', 'ack', 'errors', 'limit', 'describe'])

/** The events and modules created so far; methods can be called on these only. */
const events = new WeakSet<object>()
const modules = new WeakSet<object>()

/**
 * Evaluates an expression of an imported contract: literals, names of its own constants, and calls of the builders listed here.
 * Reads no property except the listed methods, and runs no function from the text.
 *
 * @throws Error for any other expression, and the errors of the builders.
 */
export const evaluate = (node: Expression | SpreadElement, scope: Scope): unknown => {
  switch (node.type) {
    case 'Literal':
      return node.regex === undefined && typeof node.value !== 'bigint' ? node.value : unexpected(node, 'a literal')
    case 'UnaryExpression': {
      const value = node.operator === '-' && node.argument.type === 'Literal' ? node.argument.value : undefined
      return typeof value === 'number' ? -value : unexpected(node, 'a number')
    }
    case 'ArrayExpression':
      return node.elements.map(each => (each === null ? unexpected(node, 'a list') : evaluate(each, scope)))
    case 'ObjectExpression':
      return objectOf(node, scope)
    case 'Identifier':
      return scope.has(node.name) ? scope.get(node.name) : unexpected(node, `the name ${node.name}`)
    case 'CallExpression':
      return callOf(node, scope)
    case 'NewExpression': {
      const { callee } = node
      if (callee.type !== 'Identifier' || callee.name !== 'RegExp') return unexpected(node, 'a constructor')
      const [pattern, flags, more] = node.arguments.map(each => evaluate(each, new Map()))
      if (typeof pattern !== 'string' || typeof flags !== 'string' || more !== undefined)
        return unexpected(node, 'a regular expression')
      return new RegExp(pattern, flags)
    }
    default:
      return unexpected(node, 'an expression')
  }
}

const objectOf = ({ properties }: ObjectExpression, scope: Scope): object =>
  Object.fromEntries(
    properties.map(each => {
      if (each.type !== 'Property' || each.kind !== 'init' || each.method || each.shorthand)
        return unexpected(each, 'a property')
      const { key, computed } = each
      const isText = key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')
      const name = isText ? String(key.value) : key.type === 'Identifier' && !computed ? key.name : undefined
      // A plain `__proto__` key would set the prototype.
      if (name === undefined || (name === '__proto__') !== computed) return unexpected(key, 'the name of a property')
      return [name, evaluate(each.value, scope)]
    }),
  )

const callOf = (node: CallExpression, scope: Scope): unknown => {
  const { callee } = node
  if (node.optional) return unexpected(node, 'a call')
  if (callee.type === 'Identifier' && callee.name === 'router') return apply(router, argumentsOf(node, scope))
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return unexpected(callee, 'a function')
  const { object, property } = callee
  if (property.type !== 'Identifier' || object.type === 'Super') return unexpected(callee, 'a method')
  const { name } = property
  const start = object.type === 'Identifier' ? object.name : undefined
  if (start === 'Type' && TYPES.has(name)) {
    const made = apply(
      Reflect.get(Type, name),
      name === 'Recursive' ? recursion(node, scope) : argumentsOf(node, scope),
    )
    return name === 'Module' ? noted(modules, made) : made
  }
  if (start === 'event' && BEGINNINGS.has(name))
    return noted(events, apply(Reflect.get(event, name), argumentsOf(node, scope)))
  const value = evaluate(object, scope)
  const isEvent = typeof value === 'object' && value !== null && events.has(value) && METHODS.has(name)
  const isModule = typeof value === 'object' && value !== null && modules.has(value) && name === 'Import'
  if (isEvent) return noted(events, apply(Reflect.get(value, name), argumentsOf(node, scope), value))
  return isModule
    ? apply(Reflect.get(value, name), argumentsOf(node, scope), value)
    : unexpected(callee, `the method ${name}`)
}

const argumentsOf = (node: CallExpression, scope: Scope): readonly unknown[] =>
  node.arguments.map(each => evaluate(each, scope))

/** Evaluates the arguments of a recursive type: `This => Type.Object(…)` and options. */
const recursion = (node: CallExpression, scope: Scope): readonly unknown[] => {
  const [first, ...options] = node.arguments
  if (first?.type !== 'ArrowFunctionExpression') return unexpected(node, 'a recursive type')
  const { params, body, async: isAsync }: ArrowFunctionExpression = first
  const [self, more] = params
  if (self?.type !== 'Identifier' || more !== undefined || isAsync || body.type === 'BlockStatement')
    return unexpected(first, 'a recursive type')
  const { name } = self
  return [
    (value: unknown) => evaluate(body, new Map([...scope, [name, value]])),
    ...options.map(each => evaluate(each, scope)),
  ]
}

const apply = (build: unknown, args: readonly unknown[], self: unknown = Type): unknown => {
  if (typeof build !== 'function') throw new TypeError('a builder that an imported contract calls is not installed')
  const made: unknown = Reflect.apply(build, self, args)
  return made
}

const noted = (known: WeakSet<object>, value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) known.add(value)
  return value
}
