import type { Language } from '@kickstand/i18n'
import { describe, expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { hoursText } from './hours-words.ts'

const words = await textsOf('en', 'en-GB')

describe('opening hours in words', () => {
  it.each([
    ['Mo-Fr 18:00-08:00', 'Mon–Fri 18:00–08:00'],
    ['Mo-Fr 08:00-12:00,13:30-18:00; Sa,Su 10:00-16:00', 'Mon–Fri 08:00–12:00, 13:30–18:00 · Sat, Sun 10:00–16:00'],
    ['Mo-Fr,Su 9:00-17:00', 'Mon–Fri, Sun 09:00–17:00'],
    ['08:00-20:00', '08:00–20:00'],
    ['Mo - Sa 08:00 - 20:00; PH off', 'Mon–Sat 08:00–20:00 · public holidays closed'],
    ['Sa-Su', 'Sat–Sun'],
    ['Mo-Su 00:00-24:00', 'Mon–Sun all day'],
    ['24/7', 'Always open'],
    ['00:00-24:00', 'Always open'],
  ])('%s is %s', (written, text) => {
    expect(hoursText(written, words)).toBe(text)
  })

  it.each([
    'sunrise-sunset',
    'At All Times',
    'Apr-Oct 08:00-20:00',
    'Mo-Fr 08:00-20:00 "on request"',
    'Mo-Xx 08:00-20:00',
    'Mo 25:00-26:00',
    'Mo 08:00+',
    'Mo[1] 10:00-12:00',
    'week 1-10 Mo 08:00-10:00',
    '',
  ])('%s is returned unchanged', (written) => {
    expect(hoursText(written, words)).toBe(written)
  })

  it.each<[Language, string, RegExp]>([
    ['en', 'en-US', /^Mon–Fri 6:00\sPM–8:00\sAM · public holidays closed$/],
    ['de', 'de', /^Mo–Fr 18:00–08:00 · Feiertage geschlossen$/],
  ])('follow the language %s and the locale %s', async (language, locale, text) => {
    expect(hoursText('Mo-Fr 18:00-08:00; PH off', await textsOf(language, locale))).toMatch(text)
  })
})
