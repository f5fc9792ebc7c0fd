/**
 * All decisions of moderators, never changed. `subject` is `contribution:ID`, `photo:ID`, `match:ID`, or `rider:ID` or
 * `network:ID` for an undo.
 */
export type DecisionsTable = {
  id: string
  subject: string
  verdict: string
  decided_by: string
  reason: string | null
  at: number
}

declare module '#db/schema.ts' {
  interface Schema {
    decisions: DecisionsTable
  }
}
