/** The view of a contract's types that a client has. */
export interface View {
  readonly args: 'args' | 'decodedArgs'
  readonly ack: 'ack' | 'decodedAck'
  readonly errors: 'errors' | 'decodedErrors'
  readonly item: 'item' | 'decodedItem'
  readonly params: 'params' | 'decodedParams'
}

/** The types on the wire, for a client with only the contract's type. */
export interface Wire extends View {
  readonly args: 'args'
  readonly ack: 'ack'
  readonly errors: 'errors'
  readonly item: 'item'
  readonly params: 'params'
}

/** The decoded types, as on the server, for a client with the contract at run time. */
export interface Decoded extends View {
  readonly args: 'decodedArgs'
  readonly ack: 'decodedAck'
  readonly errors: 'decodedErrors'
  readonly item: 'decodedItem'
  readonly params: 'decodedParams'
}
