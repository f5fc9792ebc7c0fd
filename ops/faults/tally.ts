/** Results of one kind of request: what riders notice of a fault. */
export type Figures = {
  readonly good: number
  /** Failed attempts by status, or `no answer`. */
  readonly bad: Readonly<Record<string, number>>
  /** Longest time without a single success, in milliseconds. */
  readonly longestGapMs: number
}

export type Tally = {
  good(): void
  bad(why: string): void
  /** Results so far. The time since the last success counts as a gap. */
  figures(): Figures
}

/** Counts from now on. */
export function createTally(): Tally {
  const bad: Record<string, number> = {}
  let good = 0
  let last = performance.now()
  let longest = 0
  return {
    good() {
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
      good += 1
    },
    bad(why) {
      bad[why] = (bad[why] ?? 0) + 1
    },
    figures: () => ({ good, bad: { ...bad }, longestGapMs: Math.max(longest, performance.now() - last) }),
  }
}

/** Adds two figures; the longer gap of the two counts. */
export function together(a: Figures, b: Figures): Figures {
  const bad = { ...a.bad }
  for (const [why, count] of Object.entries(b.bad)) bad[why] = (bad[why] ?? 0) + count
  return { good: a.good + b.good, bad, longestGapMs: Math.max(a.longestGapMs, b.longestGapMs) }
}
