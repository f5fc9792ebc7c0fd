/** How many riders there shall be, at moments of the run: straight lines between them. */
export type Course = readonly { readonly seconds: number; readonly riders: number }[]

/** All at once would be another profile. */
const GATHER_SECONDS = 30

export const PROFILES = ['soak', 'ramp', 'steps', 'spike'] as const
export type Profile = (typeof PROFILES)[number]

/** The course of a profile: up to `riders`, over `seconds`. All begin with nobody there. */
export function courseOf(profile: Profile, riders: number, seconds: number): Course {
  const at = (share: number, part: number) => ({ seconds: share * seconds, riders: part * riders })
  switch (profile) {
    case 'soak':
      return [at(0, 0), { seconds: Math.min(seconds / 4, GATHER_SECONDS), riders }, at(1, 1)]
    case 'ramp':
      return [at(0, 0), at(1, 1)]
    case 'steps':
      return [at(0, 0), ...[0.25, 0.5, 0.75, 1].flatMap((part) => [at(part - 0.2, part), at(part, part)])]
    case 'spike':
      return [at(0, 0), at(0.2, 0.2), at(0.4, 0.2), at(0.42, 1), at(0.6, 1), at(0.62, 0.2), at(1, 0.2)]
  }
}

/** Riders that there shall be at a moment. */
export function ridersAt(course: Course, seconds: number): number {
  const next = course.findIndex((point) => point.seconds > seconds)
  if (next < 1) return course.at(-1)?.riders ?? 0
  const [from, to] = [course[next - 1], course[next]]
  return from.riders + ((to.riders - from.riders) * (seconds - from.seconds)) / (to.seconds - from.seconds)
}

/** A rider's visit: from when to when, in seconds of the run. */
export type Visit = { readonly from: number; readonly until: number }

const FINENESS_SECONDS = 0.25

/**
 * Draws all visits of a run before it begins. Visits are exponentially long, so of those who are there a share of
 * `1 / mean` leaves each second, however long they have been: the course is kept when as many come, and its own rise besides. Arrivals are Poisson: nobody waits for anybody.
 */
export function drawVisits(course: Course, meanSeconds: number, random: () => number): Visit[] {
  const end = course.at(-1)?.seconds ?? 0
  const visits: Visit[] = []
  const come = (from: number): void =>
    void visits.push({ from, until: Math.min(end, from - meanSeconds * Math.log(1 - random())) })
  for (let from = 0; from < end; from += FINENESS_SECONDS) {
    const now = ridersAt(course, from)
    const rise = ridersAt(course, from + FINENESS_SECONDS) - now
    const expected = (now / meanSeconds) * FINENESS_SECONDS + rise
    for (let i = poisson(Math.max(0, expected), random); i > 0; i -= 1) come(from + FINENESS_SECONDS * random())
  }
  return visits.toSorted((a, b) => a.from - b.from)
}

/** A Poisson number, by counting exponential gaps; large means in parts, where their product would vanish. */
function poisson(mean: number, random: () => number): number {
  let count = 0
  for (let left = mean; left > 0; left -= 30) {
    const limit = Math.exp(-Math.min(left, 30))
    for (let product = random(); product > limit; product *= random()) count += 1
  }
  return count
}
