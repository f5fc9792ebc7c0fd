import { describe, expect, it } from 'vitest'
import { tableDifferences } from './compare-tables.ts'

const ACTUAL = `
| method | path       | access   | anonymous |
| ------ | ---------- | -------- | --------- |
| GET    | \`/zones\`   | public   | allow     |
| POST   | \`/zones\`   | zones:write | deny   |`

describe('differences of the table of permissions', () => {
  it('has none for the same rows in columns of another width', () => {
    expect(tableDifferences(ACTUAL.replaceAll(/ +/g, ' ').replaceAll('----', '-'), ACTUAL)).toEqual([])
  })

  it('names a route that is not in the table', () => {
    expect(tableDifferences(ACTUAL.replace(/\n\| POST.*/, ''), ACTUAL)).toEqual([
      'POST `/zones`: not in the table; the service says zones:write deny.',
    ])
  })

  it('names a route that the service does not have', () => {
    const [difference, ...rest] = tableDifferences(`${ACTUAL}\n| PUT | \`/zones\` | public | allow |`, ACTUAL)
    expect(rest).toEqual([])
    expect(difference).toMatch(/^PUT `\/zones`: in the table/)
  })

  it('names a right that was widened without the table', () => {
    expect(tableDifferences(ACTUAL.replace('deny', 'allow'), ACTUAL)).toEqual([
      'POST `/zones`: the table says zones:write allow; the service says zones:write deny.',
    ])
  })

  it('names all routes where there is no table', () => {
    expect(tableDifferences('', ACTUAL)).toHaveLength(2)
  })
})
