import type { JudgedGate } from './judge-gate.ts'
import { isOpen } from './readiness.ts'

/**
 * A line of one of the plans that Kickstand implements. It names the gates that prove it, or the titles of the issues that
 * will add them (`later`), or, for a line that only explains, where its answer is (`answer`).
 */
export type PlanLine = {
  readonly text: string
  readonly gates: readonly string[]
  readonly later: readonly string[]
  readonly answer: string | null
}
export type PlanSection = { readonly heading: string; readonly lines: readonly PlanLine[] }
export type PlanView = { readonly id: string; readonly title: string; readonly sections: readonly PlanSection[] }

/** `isMet`: all gates of the line passed, or it has an answer. `because`: what proves it, or why it is open. */
export type JudgedLine = { readonly text: string; readonly isMet: boolean; readonly because: readonly string[] }
export type JudgedView = {
  readonly id: string
  readonly title: string
  readonly sections: readonly { readonly heading: string; readonly lines: readonly JudgedLine[] }[]
}

/** Judges each line of a plan by its gates. A gate that is not in `gates` leaves its line open. */
export function judgeView({ id, title, sections }: PlanView, gates: ReadonlyMap<string, JudgedGate>): JudgedView {
  return {
    id,
    title,
    sections: sections.map(({ heading, lines }) => ({ heading, lines: lines.map((line) => judgeLine(line, gates)) })),
  }
}

function judgeLine({ text, gates: ids, later, answer }: PlanLine, gates: ReadonlyMap<string, JudgedGate>): JudgedLine {
  const verdicts = ids.map((id) => verdictOf(id, gates.get(id)))
  const because = [
    ...verdicts.map((one) => one.because),
    ...(answer === null ? [] : [answer]),
    ...later.map((title) => `a gate comes with the issue "${title}"`),
  ]
  return { text, isMet: later.length === 0 && verdicts.every((one) => one.isMet), because }
}

function verdictOf(id: string, judged: JudgedGate | undefined): { isMet: boolean; because: string } {
  if (judged === undefined) return { isMet: false, because: `${id}: there is no such gate` }
  const because = judged.reason === null ? id : `${id}: ${judged.reason}`
  return { isMet: !isOpen(judged) && judged.status !== 'waived', because }
}
