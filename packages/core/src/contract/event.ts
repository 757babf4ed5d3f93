import { Kind as SchemaKind, type TSchema } from '@sinclair/typebox'
import { isPlainObject, kindOf, throwDefinitionError } from '../definition-error.js'
import { ackOf, type AckData, type AckOptions, type ErrorFirstOptions } from './ack.js'
import { descriptionOf, type Describe, type EventDescription } from './description.js'
import type { FormTypes } from './form-types.js'
import { limitOf, type Limit } from './limit.js'
import { isOptional } from '../schema/optional.js'
import type {
  AckTypes,
  AckOf,
  BeginningOf,
  BeginningsOf,
  RestTypes,
  Direction,
  ErrorSchemas,
  EventTypes,
  ErrorTypes,
  ItemTypes,
  ArgumentTypes,
  EventKind,
} from './types.js'

/** The data of an event, without its name. */
export interface EventData {
  /** The sender of the event, from the server's point of view. */
  readonly direction: Direction
  /** The schema of each positional argument. */
  readonly args: readonly TSchema[]
  /** The number of required arguments; the optional ones follow them. */
  readonly required: number
  /** The schema of the rest arguments, any number of which may follow the others. */
  readonly rest: TSchema | undefined
  /** The answer: absent for fire and forget, without a schema for a receipt. */
  readonly ack: AckData | undefined
  /** The schema of each item of a stream, which the event then opens; its ack is the stream's final value. */
  readonly stream: TSchema | undefined
  /** The schema of each own error's `data`, by code. */
  readonly errors: Readonly<Record<string, TSchema>>
  /** The limit of an input; `undefined` for an output, and for an input without a limit of its own. */
  readonly limit: Limit | undefined
  /** The description of the event. */
  readonly description: EventDescription
}

/** An event of a contract. Each method returns a new event and does not change this one. */
export interface Event<Kind extends EventKind = EventKind, Types extends EventTypes = EventTypes> {
  readonly '~event': EventData
  /** A type only, never a value. */
  readonly '~kind'?: Kind
  /** Types only, never a value. */
  readonly '~types'?: Types
  /** Declares that any number of arguments of this schema may follow the others. */
  rest<Rest extends TSchema>(schema: Rest): Event<Kind, RestTypes<Types, Rest>>
  /** Declares that the other side answers with an empty ack once it has handled the event. */
  ack(): Event<Kind, AckTypes<Types, void>>
  /** Declares that the other side answers with a value of this schema. */
  ack<Ack extends TSchema>(schema: Ack): Event<Kind, AckOf<Types, Ack>>
  /** Declares that the other side answers with an error, or with `null` and a value of this schema. */
  ack<Ack extends TSchema, Own extends boolean | TSchema>(
    schema: Ack,
    options: ErrorFirstOptions<Own>,
  ): Event<Kind, FormTypes<AckOf<Types, Ack>, Own>>
  /** Declares that the other side answers with a value of this schema. */
  ack<Ack extends TSchema>(schema: Ack, options: AckOptions): Event<Kind, AckOf<Types, Ack>>
  /** Declares that the other side answers with an error, or with `null`. */
  ack<Own extends boolean | TSchema>(
    options: ErrorFirstOptions<Own>,
  ): Event<Kind, FormTypes<AckTypes<Types, void>, Own>>
  /** Declares an empty ack, with options. */
  ack(options: AckOptions): Event<Kind, AckTypes<Types, void>>
  /** Declares that the event opens a stream of items of this schema, from the server to the client. The value of `ack`, if it has a schema, is the stream's final value. */
  stream<Item extends TSchema>(schema: Item): Event<ItemTypes<Item>, Types>
  /** Declares the errors that can be the answer instead: the schema of each error's `data`, by its code. */
  errors<Schemas extends ErrorSchemas>(schemas: Schemas): Event<Kind, ErrorTypes<Types, Schemas>>
  /** Limits an input: the calls in flight, their rate and their size. The document shows the limit to clients. */
  limit(limit: Limit): Event<Kind, Types>
  /** Describes the event for the document and the editor. A string alone is its summary. */
  describe(description: Describe): Event<Kind, Types>
}

/**
 * The part of an event that tells it from a group, and its kind from other kinds. Mapped types constrain their members by it
 * and read the other types of an event only in the member's signature. Otherwise an editor that lists the members of a large
 * contract would compute the types of all events.
 */
export interface AnyEvent<Kind extends EventKind = EventKind> {
  readonly '~event': EventData
  readonly '~kind'?: Kind
}

/** Creates an event of one direction from the schemas of its positional arguments. */
export interface EventFactory<Sender extends Direction> {
  (): Event<Sender, ArgumentTypes<[]>>
  <Schema extends TSchema>(schema: Schema): Event<Sender, BeginningOf<Schema>>
  <Schemas extends readonly TSchema[]>(...schemas: Schemas): Event<Sender, BeginningsOf<Schemas>>
}

// Cast, because one function builds every event: their types are known to the methods' declarations only.
const build = (data: EventData): Event =>
  Object.freeze({
    '~event': Object.freeze(data),
    rest(schema: TSchema) {
      if (data.rest !== undefined)
        throw new TypeError('ackwire: .rest: the event already has one; use a union of both schemas')
      if (schema === undefined) throw new TypeError('ackwire: .rest: expected a schema, got undefined')
      return build({ ...data, rest: schema })
    },
    ack(...given: unknown[]) {
      if (data.ack !== undefined)
        throw new TypeError('ackwire: .ack: the event already has one; use a union if there are several replies')
      return build({ ...data, ack: Object.freeze(ackOf(given, data.direction)) })
    },
    stream(schema: TSchema) {
      if (data.direction === 'output')
        throw new TypeError(
          'ackwire: .stream: only a client can open a stream, so an output has none; begin with event.input',
        )
      if (data.stream !== undefined)
        throw new TypeError(
          'ackwire: .stream: the event already has one; use a union if there are several kinds of items',
        )
      if (schema === undefined) throw new TypeError('ackwire: .stream: expected a schema, got undefined')
      return build({ ...data, stream: schema })
    },
    errors(schemas: ErrorSchemas) {
      return build({ ...data, errors: Object.freeze({ ...data.errors, ...checkErrors(schemas, data.errors) }) })
    },
    limit(given: Limit) {
      if (data.direction === 'output')
        throwDefinitionError(
          '.limit',
          'a limit applies to what clients send, and this event is an output; leave it out',
        )
      if (data.limit !== undefined)
        throwDefinitionError('.limit', 'the event already has a limit; declare all of it in one call')
      return build({ ...data, limit: limitOf(given, '.limit') })
    },
    describe(given: Describe) {
      return build({ ...data, description: Object.freeze({ ...data.description, ...descriptionOf(given) }) })
    },
  }) as Event

const checkErrors = (schemas: unknown, declared: ErrorSchemas): ErrorSchemas => {
  if (!isPlainObject(schemas) || SchemaKind in schemas) {
    return throwDefinitionError(
      '.errors',
      `expected an object of schemas by code, such as { NOT_FOUND: Type.String() }, got ${kindOf(schemas)}`,
    )
  }
  const twice = Object.keys(schemas).find(code => Object.hasOwn(declared, code))
  if (twice !== undefined) throwDefinitionError('.errors', `${twice} is already declared; declare each code once`)
  return schemas as ErrorSchemas
}

/** Returns the function that begins an event of one direction. */
export const begin =
  (direction: Direction) =>
  (...schemas: TSchema[]) =>
    build({
      direction,
      args: Object.freeze(schemas),
      required: schemas.reduce((required, schema, index) => (isOptional(schema) ? required : index + 1), 0),
      rest: undefined,
      ack: undefined,
      stream: undefined,
      errors: Object.freeze({}),
      limit: undefined,
      description: Object.freeze({}),
    })
