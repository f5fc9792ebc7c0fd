export type FakeClock = {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number
  /** Moves the clock on by `ms` milliseconds. */
  readonly advance: (ms: number) => void
}

/** A clock that moves only by `advance`. Default start: noon UTC on Wednesday 4 March 2026. */
export function fakeClock(start: number = Date.UTC(2026, 2, 4, 12)): FakeClock {
  let time = start
  return {
    now: () => time,
    advance: (ms) => {
      time += ms
    },
  }
}
