/** Answers to writes with an Idempotency-Key; those to reports are the reports. */
export type IdempotencyKeysTable = {
  /** A `Namespace`. */
  namespace: string
  /** A hash of the key and its principal. */
  id: string
  /** Null for rows that are older than this column. */
  principal: string | null
  payload_hash: string
  answer: string
  received_at: number
}

declare module '#db/schema.ts' {
  interface Schema {
    idempotency_keys: IdempotencyKeysTable
  }
}
