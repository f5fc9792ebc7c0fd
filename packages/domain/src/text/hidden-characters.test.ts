import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, visibleJson, visibleText } from './hidden-characters.ts'

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))

/** Hidden characters by kind. Each must be found in any position. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  'C0 controls': range(0x00, 0x1f),
  'delete and C1 controls': range(0x7f, 0x9f),
  'bidi controls': ['\u061c', '\u200e', '\u200f', ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)],
  'zero-width characters': ['\u200b', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u180e', ...range(0x2061, 0x2065)],
  'line and paragraph separators': ['\u2028', '\u2029'],
  'tag characters': range(0xe0001, 0xe007f),
  'annotation and deprecated controls': [...range(0xfff9, 0xfffb), ...range(0x206a, 0x206f)],
  'blank letters': ['\u115f', '\u1160', '\u3164', '\uffa0'],
  'halves of a pair': ['\ud83d', '\udc00'],
}

/** Words with joiners or variation selectors: Persian, Hindi, Malayalam, Sinhala, Japanese, emoji. */
const WRITTEN = [
  'می\u200cخواهم',
  'پارکینگ موتورسیکلت‌ها',
  'क्\u200dष',
  'ന്\u200d',
  'ශ්\u200dරී',
  '葛\u{e0100}城',
  '👨\u200d👩\u200d👧',
  '🏍\ufe0f',
  '🧑🏽\u200d🔧',
  '❤\ufe0f\u200d🔥',
  '\u0600١٢',
]

describe.each(Object.entries(HIDDEN))('%s', (_name, characters) => {
  it('are removed by cleanText and escaped by visibleText', () => {
    for (const hidden of characters) {
      for (const text of [
        `a${hidden}b`,
        hidden,
        `${hidden}a`,
        `a${hidden}`,
        `م${hidden}ن`,
        `🏍${hidden}`,
        `a${hidden}${hidden}b`,
      ]) {
        const clean = cleanText(text)
        expect(clean.includes(hidden), JSON.stringify(text)).toBe(false)
        const shown = visibleText(text)
        expect(shown.includes(hidden), JSON.stringify(text)).toBe(false)
        expect(shown).toContain('\\u')
      }
    }
  })
})

describe('joiners and selectors', () => {
  it.each(WRITTEN)('stay in %s', (word) => {
    expect(cleanText(word)).toBe(word.normalize('NFC'))
    expect(visibleText(word)).toBe(word)
  })

  it('are removed where no script needs them: between Latin letters, at the start, repeated', () => {
    for (const text of ['Mar\u200dket', '\u200cMarket', 'Market\u200d', '\u200d', 'a\u200c\u200db']) {
      expect(cleanText(text)).toBe(text.replaceAll(/[\u200c\u200d]/g, ''))
    }
    expect(cleanText('می\u200c\u200cخ')).toBe('می\u200cخ')
    expect(cleanText('葛\u{e0100}\u{e0101}\u{e0102}')).toBe('葛\u{e0100}')
  })
})

const anything = fc.string({ unit: 'binary', maxLength: 40 })
const hostile = fc
  .array(
    fc.oneof(fc.constantFrom(...Object.values(HIDDEN).flat(), ...WRITTEN), fc.string({ maxLength: 4 }), anything),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('any text', () => {
  it('once cleaned is one line, and neither cleanText nor visibleText changes it again', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = cleanText(text)
        expect(cleanText(clean)).toBe(clean)
        expect(visibleText(clean)).toBe(clean)
        expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      }),
      { numRuns: 2000 },
    )
  })

  it('once escaped is one line without hidden characters, and visibleText does not change it again', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = visibleText(text)
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(visibleText(shown)).toBe(shown)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps its value in escaped JSON', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = visibleJson(JSON.stringify({ text }))
        expect(JSON.parse(json)).toEqual({ text })
        expect(json).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      }),
      { numRuns: 2000 },
    )
  })

  it('in plain letters is not changed', () => {
    expect(cleanText('  Market   Street\n12 ')).toBe('Market Street 12')
    expect(cleanText('Zürich, Löwenstraße')).toBe('Zürich, Löwenstraße')
    expect(visibleText('free – “about 4” … 12 € → ok')).toBe('free – “about 4” … 12 € → ok')
  })
})
