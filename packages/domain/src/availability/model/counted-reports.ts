// Which reports of a zone count, so that nobody can shout others down: by structure, before any probability.
//
// A reporter's ten minutes are one sight (a count or a level) and at most one movement after it. A later sight stands for
// all that he said before it: his own bike is in it by then. A movement after a sight is one bike more or fewer than he saw,
// no contradiction; said twice it is the same one, and who came and went again has moved nothing.

/** What an observation says: the kinds of reports that move the estimate, then those of machines. */
export const OBSERVATION_KINDS = ['count', 'level', 'arrived', 'left', 'reading', 'flow'] as const
export type ObservationKind = (typeof OBSERVATION_KINDS)[number]

/** A report as far as these bounds need it. */
export type ReportTrace = {
  readonly id: string
  /** Epoch milliseconds of the observation. */
  readonly at: number
  readonly kind: ObservationKind
  /** A rider; of a machine, its feed. */
  readonly reporter: string
  /** Of the network it came from, or null where it is not known; never an address. */
  readonly network: string | null
  /** Whether the reporter had a record of honest reports when it came: then his network does not matter. */
  readonly trusted: boolean
}

/** Whether a machine said it: each of its readings counts, and none corrects another. */
export function isOfMachine({ kind }: Pick<ReportTrace, 'kind'>): boolean {
  return kind === 'reading' || kind === 'flow'
}

const REPORTER_MS = 10 * 60_000
const NETWORK_MS = 60 * 60_000

/** Whether one of two reports may decide, were they near enough in time, whether the other counts. */
export function areRelated(one: ReportTrace, other: ReportTrace): boolean {
  if (isOfMachine(one) && isOfMachine(other)) return false
  return one.reporter === other.reporter || (one.network !== null && one.network === other.network)
}

/**
 * The reports that count, of those of one zone in the order of their times: what each reporter said last (see above), and of
 * a network's untrusted reporters only the first in an hour.
 */
export function countedReports<T extends ReportTrace>(reports: readonly T[]): T[] {
  const counted: T[] = []
  for (const report of reports) countNewest(counted, report)
  return counted
}

/**
 * Takes one more report, made no earlier than any in `counted`, into those that count.
 * @param among which of `counted` it is held against
 * @returns `added` where it stands last and all others stay, `corrected` where it took others out, `ignored` otherwise
 */
export function countNewest<T extends ReportTrace>(
  counted: T[],
  report: T,
  among: (other: T) => boolean = () => true,
): 'added' | 'corrected' | 'ignored' {
  if (isOfMachine(report)) {
    counted.push(report)
    return 'added'
  }
  const isUntrusted = !report.trusted && report.network !== null
  let isRepeated = false
  let isCorrection = false
  for (let i = counted.length - 1; i >= 0; i -= 1) {
    const other = counted[i]
    if (!among(other)) continue
    const age = report.at - other.at
    if (age >= (isUntrusted && !isCorrection ? NETWORK_MS : REPORTER_MS)) break
    if (other.reporter === report.reporter) {
      if (age >= REPORTER_MS) continue
      if (isMove(report)) return countMove(counted, report, i)
      counted.splice(i, 1)
      isCorrection = true
    } else if (isUntrusted && other.network === report.network && !other.trusted) isRepeated = true
  }
  if (isRepeated && !isCorrection) return 'ignored'
  counted.push(report)
  return isCorrection ? 'corrected' : 'added'
}

/** Takes a movement whose reporter said the one at `place` last. */
function countMove<T extends ReportTrace>(counted: T[], report: T, place: number): 'added' | 'corrected' {
  const last = counted[place]
  if (isMove(last)) counted.splice(place, 1)
  if (!isMove(last) || last.kind === report.kind) counted.push(report)
  return isMove(last) ? 'corrected' : 'added'
}

function isMove({ kind }: ReportTrace): boolean {
  return kind === 'arrived' || kind === 'left'
}
