import type { Extensions } from '@ackwire/core'

interface Described extends Extensions {
  /** The description of the scheme, in Markdown. */
  readonly description?: string
}

/** A token, or a name with a password, sent by one of HTTP's schemes or in the handshake's `auth`. */
export interface HttpScheme extends Described {
  /** The type in AsyncAPI. */
  readonly type: 'http'
  /** `bearer`, `basic` or another of HTTP's registered schemes. */
  readonly scheme: string
  /** The format of a bearer token, such as `JWT`. */
  readonly bearerFormat?: string
  /** The location, if it is not the header `Authorization`: the property `name` of the handshake's `auth`. */
  readonly 'x-socketio'?: { readonly in: 'handshake.auth'; readonly name: string }
}

/** A key in the request that opens the connection. */
export interface HttpApiKeyScheme extends Described {
  /** The type in AsyncAPI. */
  readonly type: 'httpApiKey'
  /** The location of the key. */
  readonly in: 'query' | 'header' | 'cookie'
  /** The name of the query parameter, header or cookie. */
  readonly name: string
}

/** A key in place of the user name or the password. */
export interface ApiKeyScheme extends Described {
  /** The type in AsyncAPI. */
  readonly type: 'apiKey'
  /** The field that holds the key. */
  readonly in: 'user' | 'password'
}

/** A flow of OAuth 2. */
export interface OAuth2Flow extends Extensions {
  /** The URL that asks the user for consent; for `implicit` and `authorizationCode`. */
  readonly authorizationUrl?: string
  /** The URL that issues tokens; for all flows but `implicit`. */
  readonly tokenUrl?: string
  /** The URL that renews tokens. */
  readonly refreshUrl?: string
  /** The description of each scope, by its name. */
  readonly availableScopes: Readonly<Record<string, string>>
}

/** Tokens of OAuth 2. */
export interface OAuth2Scheme extends Described {
  /** The type in AsyncAPI. */
  readonly type: 'oauth2'
  /** The supported flows, by their names in AsyncAPI. */
  readonly flows: Readonly<
    Partial<Record<'implicit' | 'password' | 'clientCredentials' | 'authorizationCode', OAuth2Flow>>
  >
  /** The scopes that a client needs. */
  readonly scopes?: readonly string[]
}

/** Tokens of OpenID Connect. */
export interface OpenIdConnectScheme extends Described {
  /** The type in AsyncAPI. */
  readonly type: 'openIdConnect'
  /** The URL of the provider's configuration. */
  readonly openIdConnectUrl: string
  /** The scopes that a client needs. By default none. */
  readonly scopes?: readonly string[]
}

/** Any other scheme of AsyncAPI, as AsyncAPI writes it. */
export interface OtherScheme extends Described {
  /** The type in AsyncAPI. */
  readonly type:
    | 'userPassword'
    | 'X509'
    | 'symmetricEncryption'
    | 'asymmetricEncryption'
    | 'plain'
    | 'scramSha256'
    | 'scramSha512'
    | 'gssapi'
}

/** A Security Scheme Object, which describes how clients authenticate. */
export type SecurityScheme =
  | HttpScheme
  | HttpApiKeyScheme
  | ApiKeyScheme
  | OAuth2Scheme
  | OpenIdConnectScheme
  | OtherScheme

/** The document's security schemes, by name. */
export type SecuritySchemes = Readonly<Record<string, SecurityScheme>>
