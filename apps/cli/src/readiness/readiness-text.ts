import type { HistoryEntry, Readiness } from '@kickstand/backend'
import { isOpen, GATE_LEVELS, TECHNICAL_AREAS, type AreaReadiness, type JudgedGate } from '@kickstand/domain'

const DAY_MS = 24 * 60 * 60_000
const MARK = { pass: '✔', fail: '✘', error: '✘', waived: '~', na: '–' } as const

type Context = {
  readonly history: readonly HistoryEntry[]
  /** Epoch milliseconds. */
  readonly now: number
  readonly since: (gate: string) => number
}

/** The gates by area, then what blocks going live, then what remains by level. */
export function readinessText({ commit, areas, blockers }: Readiness, { history, now, since }: Context): string[] {
  const isTechnical = ({ gate }: JudgedGate): boolean => TECHNICAL_AREAS.some((area) => area === gate.area)
  const blocking = (title: string, gates: readonly JudgedGate[]): string[] => [
    `${title} blockers: ${gates.length}`,
    ...gates.map(
      (one) => `  ${one.gate.id} (${one.gate.owner}, open for ${days(now - since(one.gate.id))}): ${one.reason}`,
    ),
  ]
  return [
    `Readiness of ${commit}`,
    '',
    ...areas.flatMap((area) => areaLines(area, trendOf(area, history, commit))),
    ...blocking('Technical', blockers.filter(isTechnical)),
    ...blocking(
      'Business',
      blockers.filter((one) => !isTechnical(one)),
    ),
    '',
    ...remaining(areas),
  ]
}

function areaLines({ id, percent, gates }: AreaReadiness, trend: string): string[] {
  return [
    `${id}: ${percent === null ? 'nothing applies' : `${percent} %`}${trend}`,
    ...gates.flatMap(({ gate, status, reason }) => [
      `  ${MARK[status]} ${gate.id} (${gate.level}): ${gate.title}`,
      ...(reason === null ? [] : [`      ${reason}`]),
    ]),
    '',
  ]
}

/** The change since the last measurement of another commit; empty where there is none. */
function trendOf({ id, percent }: AreaReadiness, history: readonly HistoryEntry[], commit: string): string {
  const earlier = history.findLast((entry) => entry.commit !== commit)?.percent[id]
  if (earlier === undefined || earlier === null || percent === null) return ''
  const change = percent - earlier
  return change === 0 ? ', unchanged' : `, ${change > 0 ? '+' : '−'}${Math.abs(change)} since the last commit measured`
}

function remaining(areas: readonly AreaReadiness[]): string[] {
  const open = areas.flatMap(({ gates }) => gates.filter(isOpen))
  return GATE_LEVELS.flatMap((level, i) => {
    const own = open.filter(({ gate }) => gate.level === level)
    return own.length === 0
      ? []
      : [`Remaining, priority ${i + 1} (${level}): ${own.map(({ gate }) => gate.id).join(', ')}`]
  })
}

function days(ms: number): string {
  const count = Math.floor(ms / DAY_MS)
  return count === 1 ? '1 day' : `${count} days`
}
