import { describe, expect, it } from 'vitest'
import { compareCatalogues } from './compare-catalogues.ts'
import { compileCatalogue } from './compile-catalogue.ts'
import { messageTypes } from './message-types.ts'

const compile = (language: string, file: Record<string, string>) => compileCatalogue(file, language)

describe('a message that cannot be compiled is named with the reason', () => {
  it.each([
    ['en', '{n, plural, other {# spaces}}', /lacks one/],
    ['en', '{n, plural, one {# space} few {# spaces} other {# spaces}}', /few is not valid/],
    ['ar', '{n, plural, one {x} other {y}}', /lacks zero, two, few, many/],
    ['en', '{state, select, full {Full}}', /lacks other/],
    ['en', '{n, plural, =1 {one} one {x} other {y}}', /only plural categories/],
    ['en', '{n, number}', /number} is not supported/],
    ['en', 'open {brace', /invalid syntax|Unexpected/],
    ['en', "a '{' brace", /brace as text/],
  ])('%s: %s', (language, message, reason) => {
    expect(() => compile(language, { 'some.id': message })).toThrow(/some\.id/)
    expect(() => compile(language, { 'some.id': message })).toThrow(reason)
  })
})

describe('a translation', () => {
  const english = compile('en', {
    plain: 'Undo',
    count: '{n, plural, one {# zone} other {# zones}}',
    state: '{state, select, full {full} few {few} other {}} {ago}',
  })

  it('may order its parameters and use them more than once', () => {
    const german = compile('de', {
      plain: 'Rückgängig',
      count: '{n, plural, one {# Platz} other {# Plätze}}',
      state: '{ago} {state, select, few {wenig} full {voll} other {}} {ago}',
    })
    expect(compareCatalogues(english, german)).toEqual([])
  })

  it('has all ids, no other ids and the same parameters', () => {
    const german = compile('de', {
      count: '{count} Plätze',
      state: '{state, select, full {voll} other {}} {ago}',
      more: 'mehr',
    })
    expect(compareCatalogues(english, german)).toEqual([
      'plain: is missing',
      'count: has {count: string}, English has {n: number}',
      'state: has {ago: string} {state: full}, English has {ago: string} {state: few|full}',
      'more: is not in English',
    ])
  })

  it('has its ids and parameters as types', () => {
    expect(messageTypes(new Map([['rider-pages', english]]))).toContain(
      [
        'export type RiderPagesMessages = {',
        "  'plain': []",
        "  'count': [{ n: number }]",
        "  'state': [{ state: 'few' | 'full'; ago: string }]",
        '}',
      ].join('\n'),
    )
  })
})
