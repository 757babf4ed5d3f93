// The binding
export { attach, type AttachOptions } from './attach.js'
export type { NamespaceBinding, ServerBinding } from './infer.js'

// What handlers and listeners are given
export type { Departure, Emit, Fail, Handler, HandlerCall, Handlers, Selection, SocketVisit } from './infer.js'

// Errors
export type { ErrorHandler, ErrorReport, Phase } from './report.js'
