/**
 * The parts of an AsyncAPI document, as types: what the compiler writes into declarations that have a document's type.
 *
 * @module
 */

// AsyncAPI 3
export type { RootExtension } from './asyncapi/asyncapi-document.js'
export type {
  Info,
  MessageExample,
  MessageExtension,
  MessageObject,
  Reference,
  Schema,
  SchemaObject,
  ServerExtension,
  ServerObject,
  ServerVariable,
  TagObject,
  Transport,
} from './asyncapi/asyncapi-types.js'
export type {
  ChannelBindings,
  ChannelObject,
  Components,
  NamespaceExtension,
  OperationObject,
  ParameterObject,
} from './asyncapi/channel-types.js'

// AsyncAPI 2
export type {
  Channel2Object,
  Message2Extension,
  Message2Object,
  Operation2Object,
  Parameter2Object,
  Requirement,
  Server2Object,
} from './asyncapi/asyncapi-2-types.js'
