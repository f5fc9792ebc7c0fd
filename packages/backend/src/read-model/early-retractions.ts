/** Retractions that arrived before their reports: events of different producers have no common order. */
export type EarlyRetractions = {
  note(id: string): void
  /** Whether the report of this id was retracted already. Forgets the retraction. */
  take(id: string): boolean
}

const MAX_EARLY_RETRACTIONS = 10_000

/** Keeps the newest 10,000. */
export function createEarlyRetractions(): EarlyRetractions {
  const ids = new Set<string>()
  return {
    note(id) {
      ids.add(id)
      for (const oldest of ids) {
        if (ids.size <= MAX_EARLY_RETRACTIONS) break
        ids.delete(oldest)
      }
    },
    take: (id) => ids.delete(id),
  }
}
