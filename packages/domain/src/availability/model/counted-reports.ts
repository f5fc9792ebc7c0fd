// Which reports of a zone count, so that nobody can shout others down: by structure, before any probability.

/** A report as far as these bounds need it. */
export type ReportTrace = {
  readonly id: string
  /** Epoch milliseconds of the observation. */
  readonly at: number
  readonly reporter: string
  /** Of the network it came from, or null where it is not known; never an address. */
  readonly network: string | null
  /** Whether the reporter is known from elsewhere or before: then his network does not matter. */
  readonly vouched: boolean
  /** Metres from the zone and the accuracy of that, or null where no position was given. */
  readonly distance: number | null
  readonly accuracy: number | null
}

const REPORTER_MS = 10 * 60_000
const NETWORK_MS = 60 * 60_000
/** Metres from which a rider can still see a zone, and the most that an inaccurate position is forgiven. */
const SIGHT = 150
const FORGIVEN = 250

/** Whether the reporter was near enough to see the zone; without a position nobody can say that he was not. */
export function isNearEnough({ distance, accuracy }: ReportTrace): boolean {
  return distance === null || distance <= SIGHT + Math.min(FORGIVEN, Math.max(0, accuracy ?? 0))
}

/**
 * The reports that count, of those of one zone in the order of their times. One each reporter and 10 minutes, where a later
 * one corrects and replaces the earlier; the first of a network's unvouched reporters in an hour; none from too far away.
 */
export function countedReports<T extends ReportTrace>(reports: readonly T[]): T[] {
  const counted: T[] = []
  for (const report of reports) countNewest(counted, report)
  return counted
}

/**
 * Takes one more report, made no earlier than any in `counted`, into those that count.
 * @param among which of `counted` it is held against
 * @returns where in `counted` the report stood that it corrects, and that is gone now; `added` or `ignored` where there was none
 */
export function countNewest<T extends ReportTrace>(
  counted: T[],
  report: T,
  among: (other: T) => boolean = () => true,
): number | 'added' | 'ignored' {
  if (!isNearEnough(report)) return 'ignored'
  const isUnvouched = !report.vouched && report.network !== null
  let isRepeated = false
  for (let i = counted.length - 1; i >= 0; i -= 1) {
    const other = counted[i]
    if (!among(other)) continue
    const age = report.at - other.at
    if (age >= (isUnvouched ? NETWORK_MS : REPORTER_MS)) break
    if (other.reporter === report.reporter) {
      if (age >= REPORTER_MS) continue
      counted.splice(i, 1)
      counted.push(report)
      return i
    }
    if (isUnvouched && other.network === report.network && !other.vouched) isRepeated = true
  }
  if (isRepeated) return 'ignored'
  counted.push(report)
  return 'added'
}
