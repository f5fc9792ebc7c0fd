import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCsvLines } from './csv-records.ts'

function records(text: string, size = 5) {
  const lines = createCsvLines()
  const found = []
  for (let at = 0; at < text.length; at += size) found.push(...lines.push(text.slice(at, at + size)))
  return [...found, ...lines.end()]
}

describe('createCsvLines', () => {
  it.each(['\n', '\r\n', '\r'])('counts lines that end in %j, wherever the chunks end', (end) => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z,]{1,9}$/), { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (rows, size) => {
          const found = records(rows.join(end), size)
          expect(found.map((one) => one.text)).toEqual(rows)
          expect(found.map((one) => one.line)).toEqual(rows.map((_, i) => i + 1))
        },
      ),
    )
  })

  it('keeps a field with a line break together', () => {
    expect(records('a,"b\nc"\nd,e')).toEqual([
      { line: 1, text: 'a,"b\nc"', closed: true },
      { line: 3, text: 'd,e', closed: true },
    ])
  })

  it('rejects the line with an open quote, and no other', () => {
    const rows = Array.from({ length: 100 }, (_, i) => (i === 10 ? 'x,"open' : `${i},"whole"`))
    const found = records(rows.join('\n'))
    expect(found.filter((one) => !one.closed)).toEqual([{ line: 11, text: 'x,"open', closed: false }])
    expect(found.map((one) => one.text)).toEqual(rows)
  })

  it('rejects an open quote at the end', () => {
    expect(records('a,b\nc,"d').at(-1)).toEqual({ line: 2, text: 'c,"d', closed: false })
  })
})
