import { describe, expect, it } from 'vitest'
import { clip, readBoolean, readCapacity, readDuration, readNumber, readText } from './read-values.ts'

describe('readNumber', () => {
  it.each([
    ['-3,5000000010', -3.500000001],
    ['40.123456789', 40.123456789],
    ['441000,2500000000', 441000.25],
    [12, 12],
    ['1e3', 1000],
    [' 7 ', 7],
  ])('reads %j', (text, number) => {
    expect(readNumber(text)).toBe(number)
  })

  it.each(['', 'n/a', '1.234,5', '1,2,3', 'NaN', 'Infinity', null, {}, Number.NaN])('does not guess at %j', (text) => {
    expect(readNumber(text)).toBeNull()
  })
})

describe('readCapacity', () => {
  it('takes whole numbers above zero', () => {
    expect(readCapacity('13')).toEqual({ value: 13, warning: null })
    expect(readCapacity(9)).toEqual({ value: 9, warning: null })
    expect(readCapacity('10.0')).toEqual({ value: 10, warning: null })
  })

  it.each(['n/a', '-1', '-9', '0', '2.5', '5001', '99999999', '10-12', 'yes'])(
    'keeps %j as unknown, and says so',
    (text) => {
      const read = readCapacity(text)
      expect(read.value).toBeNull()
      expect(read.warning).toContain(`"${text}"`)
    },
  )

  it('says nothing where nothing stands', () => {
    expect(readCapacity('  ')).toEqual({ value: null, warning: null })
    expect(readCapacity(null)).toEqual({ value: null, warning: null })
  })
})

describe('readDuration', () => {
  it.each([
    ['2 hours', 7200],
    ['30 min', 1800],
    ['30 minutes', 1800],
    ['2 h', 7200],
    ['2h', 7200],
    ['1 h 30 min', 5400],
    ['1h30m', 5400],
    ['1.5 hours', 5400],
    ['1,5 h', 5400],
    ['1:30', 5400],
    ['PT2H', 7200],
    ['PT1H30M', 5400],
    ['P1D', 86_400],
    ['3 days', 259_200],
    ['1 week', 604_800],
  ])('reads %j as %d seconds', (text, seconds) => {
    expect(readDuration(text)).toEqual({ value: seconds, warning: null })
  })

  it.each(['unlimited', 'no', ''])('takes %j as no limit stated', (text) => {
    expect(readDuration(text)).toEqual({ value: null, warning: null })
  })

  it.each(['load-unload', '2', 'two hours', '2 fortnights', '0 min', 'Mo-Fr 2 hours', '2 hours @ (Mo-Fr)'])(
    'does not guess at %j',
    (text) => {
      const read = readDuration(text)
      expect(read.value).toBeNull()
      expect(read.warning).not.toBeNull()
    },
  )
})

describe('readBoolean and readText', () => {
  it('reads words in several languages', () => {
    expect(readBoolean('Sí').value).toBe(true)
    expect(readBoolean(false).value).toBe(false)
    expect(readBoolean('perhaps').warning).toContain('"perhaps"')
  })

  it('makes one clean line', () => {
    expect(readText('  MAYOR,\n\u0000 CALLE  ')).toBe('MAYOR, CALLE')
    expect(readText(' \t ')).toBeNull()
    expect(readText({})).toBeNull()
  })

  it('cuts by whole characters', () => {
    expect(clip('🏍🏍🏍', 2)).toBe('🏍…')
    expect(clip('abc', 3)).toBe('abc')
  })
})
