import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { everythingRequired } from '@kickstand/testkit'
import { describe, expect, it } from 'vitest'
import { readDefinitions } from '#features/launch/read-definitions.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
const LISTS = path.join(ROOT, '../shared/launch/checklists.md')
const isThere = existsSync(LISTS)
if (!isThere && everythingRequired()) throw new Error(`${LISTS} is missing, and no test may be skipped`)

type Section = { readonly heading: string; readonly lines: readonly string[] }

/** Splits at a separator that is not in parentheses. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')') depth--
    if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(part)
      part = ''
      at += separator.length - 1
    } else part += text[at]
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '')
}

/** The items of a paragraph: between dots and semicolons, or, where it has no dots, between commas. */
function itemsOf(body: string): string[] {
  const separators = body.includes(' · ') ? [' · ', '; '] : ['; ', ', ']
  return separators.reduce((items, separator) => items.flatMap((item) => splitOutside(item, separator)), [body])
}

/** The sections of each plan: a heading in bold and what follows it. */
function readPlans(text: string): Map<string, Section[]> {
  const plans = new Map<string, Section[]>()
  let sections: Section[] = []
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line.startsWith('## ')) {
      sections = []
      plans.set(line.slice(3), sections)
      continue
    }
    const parts = line.split(/\*\*([^*]+)\*\*/).slice(1)
    for (let at = 0; at < parts.length; at += 2) {
      const body = (parts[at + 1] ?? '').replace(/^:? ?/, '').trim().replace(/\.$/, '')
      sections.push({ heading: parts[at] ?? '', lines: itemsOf(body) })
    }
  }
  return plans
}

describe.skipIf(!isThere)('the views of the plans (needs ../shared/launch)', () => {
  it('have every line of both lists, in their order, and no other', () => {
    const plans = readPlans(readFileSync(LISTS, 'utf8'))
    expect(plans.size).toBe(2)
    const { views } = readDefinitions(ROOT)
    const shown = new Map(
      views.map(({ title, sections }) => [
        title,
        sections.map(({ heading, lines }) => ({ heading, lines: lines.map(({ text }) => text) })),
      ]),
    )
    for (const [title, sections] of plans) expect(shown.get(title), title).toEqual(sections)
    expect(views).toHaveLength(plans.size)
  })
})
