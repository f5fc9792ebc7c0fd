import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createXmlMender } from './repair-xml.ts'

function mend(text: string, size = text.length): string {
  const mender = createXmlMender()
  let mended = ''
  for (let at = 0; at < text.length; at += size) mended += mender.push(text.slice(at, at + size))
  return mended + mender.end()
}

describe('createXmlMender', () => {
  it.each([
    ['A & B', 'A &amp; B'],
    ['A&B</name>', 'A&amp;B</name>'],
    ['A&nbsp;B', 'A B'],
    ['N&ordm; 3', 'N&amp;ordm; 3'],
    ['&amp;&lt;&#65;&#x41;', '&amp;&lt;&#65;&#x41;'],
    ['<![CDATA[A & B &nbsp;]]> & C', '<![CDATA[A & B &nbsp;]]> &amp; C'],
    ['&', '&amp;'],
  ])('%s becomes %s', (text, mended) => {
    expect(mend(text)).toBe(mended)
  })

  it('does the same however the text is cut', () => {
    const part = fc.constantFrom('&', '&amp;', '&nbsp;', 'x', '<![CDATA[', ']]>', '<b>', ';', ']', '<', '#')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const text = parts.join('')
        expect(mend(text, size)).toBe(mend(text))
      }),
      { numRuns: 2000 },
    )
  })
})
