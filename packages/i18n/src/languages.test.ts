import { expect, it } from 'vitest'
import { chooseLanguage, localeOf } from './languages.ts'

it.each([
  [null, [], 'en'],
  [null, ['xx', 'en-IN'], 'en'],
  [null, ['fr-FR', 'de-AT', 'en'], 'de'],
  [null, ['AR-eg'], 'ar'],
  ['de', ['ar'], 'de'],
  ['xx', ['ar'], 'ar'],
  ['constructor', ['toString'], 'en'],
] as const)('stored %j and preferred %j choose %s', (stored, preferred, language) => {
  expect(chooseLanguage(stored, preferred)).toBe(language)
})

it('an app may have fewer languages', () => {
  expect(chooseLanguage('ar', ['ar', 'de'], ['en', 'de'])).toBe('de')
  expect(chooseLanguage(null, ['ar'], ['en', 'de'])).toBe('en')
})

it('formats follow the rider’s regional variant of the shown language only', () => {
  expect(localeOf('en', ['de-DE', 'en-GB'])).toBe('en-GB')
  expect(localeOf('ar', ['de-DE', 'en-GB'])).toBe('ar')
})

it('a tag that is not a locale is passed over', () => {
  expect(localeOf('en', ['en-US@posix', 'en-GB'])).toBe('en-GB')
  expect(localeOf('de', ['de-DE@euro'])).toBe('de')
})
