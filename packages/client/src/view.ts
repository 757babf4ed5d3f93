/** Which of a contract's types a client has. */
export interface View {
  readonly args: 'args' | 'decodedArgs'
  readonly ack: 'ack' | 'decodedAck'
  readonly errors: 'errors' | 'decodedErrors'
  readonly item: 'item' | 'decodedItem'
  readonly params: 'params' | 'decodedParams'
}

/** Those of the wire: all that a client with only the contract's type can have. */
export interface Wire extends View {
  readonly args: 'args'
  readonly ack: 'ack'
  readonly errors: 'errors'
  readonly item: 'item'
  readonly params: 'params'
}

/** The decoded ones, as the server has them: where the contract is given at run time. */
export interface Decoded extends View {
  readonly args: 'decodedArgs'
  readonly ack: 'decodedAck'
  readonly errors: 'decodedErrors'
  readonly item: 'decodedItem'
  readonly params: 'decodedParams'
}
