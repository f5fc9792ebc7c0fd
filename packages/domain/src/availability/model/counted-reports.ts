// Limits which reports of a zone count, so that no reporter outweighs the others. Applied before any probability.
//
// Within ten minutes one reporter counts with one sighting (a count or a level) and at most one movement after it. A later
// sighting replaces all earlier reports: it includes the reporter's own bike. A movement after a sighting adds or removes one bike.
// The same movement reported twice counts once, and an arrival followed by a departure cancels out.

/** Kinds of observations: the kinds of reports that change the estimate, then those of sensors. */
export const OBSERVATION_KINDS = ['count', 'level', 'arrived', 'left', 'reading', 'flow'] as const
export type ObservationKind = (typeof OBSERVATION_KINDS)[number]

/** The fields of a report that these limits need. */
export type ReportTrace = {
  readonly id: string
  /** Epoch milliseconds of the observation. */
  readonly at: number
  readonly kind: ObservationKind
  /** A rider, or the feed of a sensor. */
  readonly reporter: string
  /** Key of the network it came from, never an address; null where it is not known. */
  readonly network: string | null
  /** Whether the reporter had a record of honest reports at that time. The limit per network does not apply to them. */
  readonly trusted: boolean
}

/** Whether it comes from a sensor: every reading counts, and none replaces another. */
export function isFromSensor({ kind }: Pick<ReportTrace, 'kind'>): boolean {
  return kind === 'reading' || kind === 'flow'
}

const REPORTER_WINDOW_MS = 10 * 60_000
const NETWORK_WINDOW_MS = 60 * 60_000

/** Whether one of two reports may decide whether the other counts, if they are close enough in time. */
export function areRelated(one: ReportTrace, other: ReportTrace): boolean {
  if (isFromSensor(one) && isFromSensor(other)) return false
  return one.reporter === other.reporter || (one.network !== null && one.network === other.network)
}

/**
 * The reports of one zone that count, in the order of their times: the latest of each reporter (see above), and only the first
 * per hour from the untrusted reporters of one network.
 */
export function countedReports<T extends ReportTrace>(reports: readonly T[]): T[] {
  const counted: T[] = []
  for (const report of reports) countNewest(counted, report)
  return counted
}

/**
 * Applies the limits to one more report, which is no earlier than any in `counted`, and changes `counted`.
 * @param isComparable which of `counted` it is compared with
 * @returns `added` where it was appended and all others stay, `corrected` where it replaced others, `ignored` otherwise
 */
export function countNewest<T extends ReportTrace>(
  counted: T[],
  report: T,
  isComparable: (other: T) => boolean = () => true,
): 'added' | 'corrected' | 'ignored' {
  if (isFromSensor(report)) {
    counted.push(report)
    return 'added'
  }
  const isUntrusted = !report.trusted && report.network !== null
  let isRepeated = false
  let isCorrection = false
  for (let i = counted.length - 1; i >= 0; i -= 1) {
    const other = counted[i]
    if (!isComparable(other)) continue
    const age = report.at - other.at
    if (age >= (isUntrusted && !isCorrection ? NETWORK_WINDOW_MS : REPORTER_WINDOW_MS)) break
    if (other.reporter === report.reporter) {
      if (age >= REPORTER_WINDOW_MS) continue
      if (isMove(report)) return countMove(counted, report, i)
      counted.splice(i, 1)
      isCorrection = true
    } else if (isUntrusted && other.network === report.network && !other.trusted) isRepeated = true
  }
  if (isRepeated && !isCorrection) return 'ignored'
  counted.push(report)
  return isCorrection ? 'corrected' : 'added'
}

/** Applies the limits to a movement; the reporter's previous report is at `index`. */
function countMove<T extends ReportTrace>(counted: T[], report: T, index: number): 'added' | 'corrected' {
  const last = counted[index]
  if (isMove(last)) counted.splice(index, 1)
  if (!isMove(last) || last.kind === report.kind) counted.push(report)
  return isMove(last) ? 'corrected' : 'added'
}

function isMove({ kind }: ReportTrace): boolean {
  return kind === 'arrived' || kind === 'left'
}
