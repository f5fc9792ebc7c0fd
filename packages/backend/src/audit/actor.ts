/**
 * Who made a change. `command`: a user of the operating system, by name, at the command line; `account`: a person who has
 * signed in; `token`: a machine; `link`: a person with a link that works once, who has no account yet; `job`: periodic work.
 */
export type ActorKind = 'command' | 'account' | 'token' | 'link' | 'job'

export type Actor = {
  readonly kind: ActorKind
  /** For people: a name and an e-mail address, or what they are known by. */
  readonly name: string
  /** Id of the account or token. */
  readonly id?: string
  /** Of the request that made the change. `network`: a keyed hash, see `createNetworkOf`. */
  readonly request?: { readonly id: string; readonly network: string | null }
}
