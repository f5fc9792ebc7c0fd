/** The target number of riders over the run, interpolated linearly between points. */
export type Course = readonly { readonly seconds: number; readonly riders: number }[]

/** A soak starts with a ramp of at most this length. */
const MAX_RAMP_SECONDS = 30

export const PROFILES = ['soak', 'ramp', 'steps', 'spike'] as const
export type Profile = (typeof PROFILES)[number]

/** The course of a profile: up to `riders`, over `seconds`, starting with none. */
export function courseOf(profile: Profile, riders: number, seconds: number): Course {
  const at = (share: number, part: number) => ({ seconds: share * seconds, riders: part * riders })
  switch (profile) {
    case 'soak':
      return [at(0, 0), { seconds: Math.min(seconds / 4, MAX_RAMP_SECONDS), riders }, at(1, 1)]
    case 'ramp':
      return [at(0, 0), at(1, 1)]
    case 'steps':
      return [at(0, 0), ...[0.25, 0.5, 0.75, 1].flatMap((part) => [at(part - 0.2, part), at(part, part)])]
    case 'spike':
      return [at(0, 0), at(0.2, 0.2), at(0.4, 0.2), at(0.42, 1), at(0.6, 1), at(0.62, 0.2), at(1, 0.2)]
  }
}

/** Target number of riders at a time. */
export function ridersAt(course: Course, seconds: number): number {
  const next = course.findIndex((point) => point.seconds > seconds)
  if (next < 1) return course.at(-1)?.riders ?? 0
  const [from, to] = [course[next - 1], course[next]]
  return from.riders + ((to.riders - from.riders) * (seconds - from.seconds)) / (to.seconds - from.seconds)
}

/** Start and end of a rider's visit, in seconds of the run. */
export type Visit = { readonly from: number; readonly until: number }

const STEP_SECONDS = 0.25

/**
 * Draws all visits of a run before it begins. Their lengths are exponential, so a share of `1 / mean` of the present riders leaves
 * each second. The arrival rate is that plus the slope of the course; arrivals are Poisson (an open model).
 */
export function drawVisits(course: Course, meanSeconds: number, random: () => number): Visit[] {
  const end = course.at(-1)?.seconds ?? 0
  const visits: Visit[] = []
  const addVisit = (from: number): void =>
    void visits.push({ from, until: Math.min(end, from - meanSeconds * Math.log(1 - random())) })
  for (let from = 0; from < end; from += STEP_SECONDS) {
    const now = ridersAt(course, from)
    const rise = ridersAt(course, from + STEP_SECONDS) - now
    const expected = (now / meanSeconds) * STEP_SECONDS + rise
    for (let i = poisson(Math.max(0, expected), random); i > 0; i -= 1) addVisit(from + STEP_SECONDS * random())
  }
  return visits.toSorted((a, b) => a.from - b.from)
}

/** A Poisson number, by counting exponential gaps. Large means are split, because the product would underflow. */
function poisson(mean: number, random: () => number): number {
  let count = 0
  for (let left = mean; left > 0; left -= 30) {
    const limit = Math.exp(-Math.min(left, 30))
    for (let product = random(); product > limit; product *= random()) count += 1
  }
  return count
}
