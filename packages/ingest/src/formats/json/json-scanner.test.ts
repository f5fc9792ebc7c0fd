import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonScanner } from './json-scanner.ts'

/** Scans the text in chunks of `size` bytes. */
function scan(text: string, rowsPath: string | null, size = 7) {
  const scanner = createJsonScanner(rowsPath)
  const bytes = Buffer.from(text)
  const rows = []
  for (let at = 0; at < bytes.length; at += size) rows.push(...scanner.push(Buffer.from(bytes.subarray(at, at + size))))
  return { rows: rows.map((row) => row.text), problem: scanner.end(), survey: scanner.survey() }
}

describe('createJsonScanner', () => {
  it('emits the rows of any array of any values, with chunks of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.jsonValue(), fc.nat(40), (rows, other, size) => {
        const text = JSON.stringify({ meta: other, park: { rows, more: other }, rows: other }, null, size % 3)
        const found = scan(text, 'park.rows', size + 1)
        expect(found.problem).toBeNull()
        expect(found.rows.map((row): unknown => JSON.parse(row))).toEqual(JSON.parse(JSON.stringify(rows)))
      }),
      { numRuns: 500 },
    )
  })

  it('surveys lists and members in any order', () => {
    const text = '{"features": [{"a": "]}\\"{["}, {}], "type": "FeatureCollection", "crs": {"n": [1]}, "bbox": [1, 2]}'
    const { survey, problem } = scan(text, null)
    expect(problem).toBeNull()
    expect(survey.root).toBe('object')
    expect(survey.arrays.filter((list) => list.rows)).toEqual([{ path: 'features', rows: true }])
    expect(survey.members.get('type')).toBe('"FeatureCollection"')
    expect(survey.members.get('crs')).toBe('{"n": [1]}')
  })

  it('emits a single object as a whole', () => {
    expect(scan(' {"type": "Feature", "x": [1, {}]} ', '$').rows).toEqual(['{"type": "Feature", "x": [1, {}]}'])
  })

  it('loses only the faulty row', () => {
    expect(scan('[{"a": 1}, {"a": NaN}, {"a" 3}, {"a": 4}]', '').rows).toEqual([
      '{"a": 1}',
      '{"a": NaN}',
      '{"a" 3}',
      '{"a": 4}',
    ])
  })

  it.each(['[{"a": 1}, {"b', '[{"a": 1}, {"b": "x', '[{"a": 1}', '[{"a": 1}, '])(
    'reports that %j is truncated',
    (text) => {
      const { rows, problem } = scan(text, '')
      expect(rows[0] ?? '{"a": 1}').toBe('{"a": 1}')
      expect(problem).toMatch(/breaks off/)
    },
  )

  it('loses only a row with an open quote or a missing bracket', () => {
    const rows = ['{"a": 1}', '{"a": "open}', '{"a": 2}', '{"a": [3}', '{"a": 4}', '{"a": 5', '{"a": 6}', '{"a": 7}']
    const { rows: found, problem } = scan(`{"features": [\n${rows.join(',\n')}\n]}`, 'features')
    const whole = found.filter((row) => /^\{"a": \d\}$/.test(row))
    expect(whole).toEqual(['{"a": 1}', '{"a": 2}', '{"a": 4}', '{"a": 6}', '{"a": 7}'])
    expect(found).toHaveLength(8)
    expect(problem).toBeNull()
  })

  it('reports mismatched brackets, and text after the end', () => {
    expect(scan('{"a": [1}, "b": 2}', 'b').problem).toMatch(/closes nothing/)
    expect(scan('[1] [2]', '').problem).toMatch(/goes on after its end/)
    expect(scan('['.repeat(600), '').problem).toMatch(/nested too deeply/)
  })

  it('does not hold a row that never ends', () => {
    const scanner = createJsonScanner('')
    scanner.push(Buffer.from('["'))
    const part = Buffer.alloc(1 << 20, 'x')
    for (let i = 0; i < 20; i++) scanner.push(part)
    expect(scanner.end()).toMatch(/row of over 16 MB/)
  })
})
