import type { JudgedView } from '@kickstand/domain'

/** A plan with each of its lines: ✔ with what shows it, ✘ with why it is open. */
export function viewText({ title, sections }: JudgedView): string[] {
  return [
    title,
    '',
    ...sections.flatMap(({ heading, lines }) => [
      heading,
      ...lines.map(({ text, isMet, because }) => `  ${isMet ? '✔' : '✘'} ${text} — ${because.join('; ')}`),
      '',
    ]),
  ]
}
