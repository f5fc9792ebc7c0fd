import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createXmlRepairer } from './repair-xml.ts'

function repair(text: string, size = text.length): string {
  const repairer = createXmlRepairer()
  let repaired = ''
  for (let at = 0; at < text.length; at += size) repaired += repairer.push(text.slice(at, at + size))
  return repaired + repairer.end()
}

describe('createXmlRepairer', () => {
  it.each([
    ['A & B', 'A &amp; B'],
    ['A&B</name>', 'A&amp;B</name>'],
    ['A&nbsp;B', 'A B'],
    ['N&ordm; 3', 'N&amp;ordm; 3'],
    ['&amp;&lt;&#65;&#x41;', '&amp;&lt;&#65;&#x41;'],
    ['<![CDATA[A & B &nbsp;]]> & C', '<![CDATA[A & B &nbsp;]]> &amp; C'],
    ['&', '&amp;'],
  ])('%s becomes %s', (text, repaired) => {
    expect(repair(text)).toBe(repaired)
  })

  it('does the same with chunks of any size', () => {
    const part = fc.constantFrom('&', '&amp;', '&nbsp;', 'x', '<![CDATA[', ']]>', '<b>', ';', ']', '<', '#')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const text = parts.join('')
        expect(repair(text, size)).toBe(repair(text))
      }),
      { numRuns: 2000 },
    )
  })
})
