/** Whose notifications, settings and subscriptions they are. */
export type Person = { readonly kind: 'rider' | 'account'; readonly id: string }

/** Somebody to notify. An account comes with where its mail goes, since accounts belong to another feature. */
export type Recipient =
  | { readonly kind: 'rider'; readonly id: string }
  | { readonly kind: 'account'; readonly id: string; readonly email: string; readonly language: string }

/** A person as the tables name them. */
export function recipientKey({ kind, id }: Person): string {
  return `${kind}:${id}`
}

/** The reverse of `recipientKey`. */
export function personOf(key: string): Person {
  const [kind, id = ''] = key.split(':', 2)
  return { kind: kind === 'account' ? 'account' : 'rider', id }
}
