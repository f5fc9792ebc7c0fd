/** Whether an account is suspended at a time, in epoch milliseconds. A suspension with an end time expires automatically. */
export function isSuspended(
  account: { readonly suspended_at: number | null; readonly suspended_until: number | null },
  now: number,
): boolean {
  return account.suspended_at !== null && (account.suspended_until === null || now < account.suspended_until)
}

/** Start and end of a suspension, RFC 3339; null if the account is not suspended. The reason is personal. */
export function suspensionOf(
  account: { readonly suspended_at: number | null; readonly suspended_until: number | null },
  now: number,
): { readonly since: string; readonly until: string | null } | null {
  const { suspended_at: since, suspended_until: until } = account
  if (since === null || !isSuspended(account, now)) return null
  return { since: new Date(since).toISOString(), until: until === null ? null : new Date(until).toISOString() }
}
