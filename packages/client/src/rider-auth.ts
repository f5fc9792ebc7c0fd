/** Returns the secret that identifies an anonymous rider. Called for each request that needs it, so it may create one. */
export type RiderKey = () => string

export function riderAuth(riderKey: RiderKey): Record<string, string> {
  return { authorization: `Bearer ${riderKey()}` }
}

/** The headers of a write that counts once per `idempotencyKey`. */
export function writeAuth(riderKey: RiderKey, idempotencyKey: string): Record<string, string> {
  return { 'idempotency-key': idempotencyKey, ...riderAuth(riderKey) }
}
