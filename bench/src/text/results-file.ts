import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeMachine, machineLine } from '../measure/machine.ts'

export const RESULTS_FILE = fileURLToPath(new URL('../../RESULTS.md', import.meta.url))

const INTRO = `# Speed, measured

Written by \`npx kickstand bench … --write\`; do not edit by hand. Figures are medians over rounds, with minimum and maximum in
parentheses. Compared targets are measured in turn in one run, with the same client; CPU is that of the whole server process.
`

/** Replaces a bench's section in bench/RESULTS.md. `command` reproduces the figures. */
export function writeResults(title: string, command: string, body: string, now: Date): void {
  const text = existsSync(RESULTS_FILE) ? readFileSync(RESULTS_FILE, 'utf8') : INTRO
  const section = `## ${title}\n\n\`${command}\`, ${now.toISOString().slice(0, 10)}, ${machineLine(describeMachine())}\n\n${body}\n`
  writeFileSync(RESULTS_FILE, withSection(text, title, section))
}

/** The text with the section of that title replaced, or appended. */
export function withSection(text: string, title: string, section: string): string {
  const parts = text.split(/^(?=## )/m).map((part) => `${part.trimEnd()}\n`)
  const at = parts.findIndex((part) => part.startsWith(`## ${title}\n`))
  if (at < 0) parts.push(section)
  else parts[at] = section
  return parts.join('\n')
}
