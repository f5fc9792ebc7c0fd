/** Pseudo-random numbers in [0, 1) from a seed (mulberry32); reproducible on every machine. */
export type Random = () => number

/** Starts the sequence of a seed. */
export function seeded(seed: number): Random {
  let state = (seed * 2_654_435_769 + 1_013_904_223) >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export function exponential(random: Random): number {
  return -Math.log(1 - random())
}
