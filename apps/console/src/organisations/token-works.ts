import type { TokenBody } from '@kickstand/contract'

/** Whether a token works at `now` (epoch milliseconds). A replaced token works until its overlap ends. */
export function tokenWorks({ state, expiresAt }: Pick<TokenBody, 'state' | 'expiresAt'>, now: number): boolean {
  if (state === 'replaced') return expiresAt !== null && now < Date.parse(expiresAt)
  return state === 'active'
}
