/** Whether an account is suspended at a time, in epoch milliseconds. A suspension with an end ends by itself. */
export function isSuspended(
  account: { readonly suspended_at: number | null; readonly suspended_until: number | null },
  now: number,
): boolean {
  return account.suspended_at !== null && (account.suspended_until === null || now < account.suspended_until)
}
