/** The owner of notifications, settings and subscriptions. */
export type Person = { readonly kind: 'rider' | 'account'; readonly id: string }

/** A person to notify. For an account it includes the mail address, because accounts belong to another feature. */
export type Recipient =
  | { readonly kind: 'rider'; readonly id: string }
  | { readonly kind: 'account'; readonly id: string; readonly email: string; readonly language: string }

/** The key of a person in the tables. */
export function recipientKey({ kind, id }: Person): string {
  return `${kind}:${id}`
}

/** The reverse of `recipientKey`. */
export function personOf(key: string): Person {
  const [kind, id = ''] = key.split(':', 2)
  return { kind: kind === 'account' ? 'account' : 'rider', id }
}
