import { describe, expect, it } from 'vitest'
import { compileCatalogue } from './compile/compile-catalogue.ts'
import type { Language } from './languages.ts'
import { createTranslate } from './translate.ts'

function translate(message: string, language: Language, locale: string = language) {
  const t = createTranslate(compileCatalogue({ id: message }, language).messages, language, locale)
  return (params?: Record<string, string | number>) => t('id', params)
}

describe('a message', () => {
  it('takes its parameters, and nothing for a missing one', () => {
    const t = translate('{zone}: now {figure}', 'en')
    expect(t({ zone: 'Hafen', figure: 'Full' })).toBe('Hafen: now Full')
    expect(t({ zone: 'Hafen' })).toBe('Hafen: now ')
  })

  it('shows a parameter as it is, even if it looks like a message', () => {
    expect(translate('{zone}!', 'en')({ zone: '{zone} {n, plural}' })).toBe('{zone} {n, plural}!')
  })

  it('chooses the plural category and the digits of the language', () => {
    const en = translate('{n, plural, one {# space} other {# spaces}}', 'en')
    expect([0, 1, 2, 1_200].map((n) => en({ n }))).toEqual(['0 spaces', '1 space', '2 spaces', '1,200 spaces'])
    const ar = translate('{n, plural, zero {z} one {o} two {t} few {f #} many {m #} other {x #}}', 'ar', 'ar-EG')
    expect([0, 1, 2, 3, 11, 100].map((n) => ar({ n }))).toEqual(['z', 'o', 't', 'f ٣', 'm ١١', 'x ١٠٠'])
  })

  it('chooses a case by its word, and other for any other', () => {
    const t = translate('{state, select, full {voll} few {wenige} other {?}} in {minutes}', 'de')
    expect(t({ state: 'full', minutes: '5 min' })).toBe('voll in 5 min')
    expect(t({ state: 'odd', minutes: '5 min' })).toBe('? in 5 min')
    expect(t({ state: 'constructor', minutes: '5 min' })).toBe('? in 5 min')
  })

  it('may nest choices and plurals', () => {
    const t = translate('{a, select, x {{n, plural, one {# by {who}} other {# of {who}}}} other {none}}.', 'en')
    expect(t({ a: 'x', n: 2, who: 'us' })).toBe('2 of us.')
    expect(t({ a: 'y', n: 2, who: 'us' })).toBe('none.')
  })

  it('is its id where the catalogue lacks it', () => {
    expect(createTranslate({}, 'en', 'en')('report.undo')).toBe('report.undo')
  })
})

describe('the direction of a parameter', () => {
  it('is isolated in a right-to-left language', () => {
    expect(translate('{zone}: الآن', 'ar')({ zone: 'Market St (north)' })).toBe('\u2068Market St (north)\u2069: الآن')
  })

  it('is isolated elsewhere only if it is right-to-left', () => {
    const t = translate('{zone}: now', 'en')
    expect(t({ zone: 'Market St' })).toBe('Market St: now')
    expect(t({ zone: 'شارع السوق' })).toBe('\u2068شارع السوق\u2069: now')
  })
})
