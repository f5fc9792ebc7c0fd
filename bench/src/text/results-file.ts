import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeMachine, machineLine } from '../measure/machine.ts'

export const RESULTS_FILE = fileURLToPath(new URL('../../RESULTS.md', import.meta.url))

const INTRO = `# Speed, measured

Written by \`npx kickstand bench … --write\`; do not edit by hand. Figures are medians over rounds, least and most in
parentheses. What is compared takes turns in one run, with the same client; CPU is that of the whole server process.
`

/** Puts a bench's section into bench/RESULTS.md, over its last one. `command` is what a reader types to get the same. */
export function writeResults(title: string, command: string, body: string, now: Date): void {
  const text = existsSync(RESULTS_FILE) ? readFileSync(RESULTS_FILE, 'utf8') : INTRO
  const section = `## ${title}\n\n\`${command}\`, ${now.toISOString().slice(0, 10)}, ${machineLine(describeMachine())}\n\n${body}\n`
  writeFileSync(RESULTS_FILE, withSection(text, title, section))
}

/** A text with the section of that title replaced, or added at the end. */
export function withSection(text: string, title: string, section: string): string {
  const parts = text.split(/^(?=## )/m).map((part) => `${part.trimEnd()}\n`)
  const at = parts.findIndex((part) => part.startsWith(`## ${title}\n`))
  if (at < 0) parts.push(section)
  else parts[at] = section
  return parts.join('\n')
}
