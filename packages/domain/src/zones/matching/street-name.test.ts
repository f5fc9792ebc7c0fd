import { expect, it } from 'vitest'
import { compareNumbers, nameLikeness, readStreetName } from './street-name.ts'

const likeness = (a: string, b: string): number | null => nameLikeness(readStreetName(a), readStreetName(b))
const numbers = (a: string, b: string): string | null => compareNumbers(readStreetName(a), readStreetName(b))

it.each([
  ['08TH ST', 'E. of 8th Street'],
  ['CASTELLANA, PASEO, DE LA 259', 'Pº de la Castellana'],
  ['Núñez de Balboa, calle', 'C/ Nunez de Balboa, 12'],
  ['New Montgomery St', 'N. Montgomery Street'],
  ['Friedrichstraße', 'Friedrichstr. 7'],
  ['臺北市政府轉運站', '臺北市政府轉運站停車場'],
])('%s and %s are alike', (a, b) => {
  expect(likeness(a, b)).toBeGreaterThan(0.45)
})

it.each([
  ['Mill Street 5', 'Church Avenue 5'],
  ['4th Street', '5th Street'],
  ['Calle de Alcalá', 'Calle de Serrano'],
])('%s and %s are not', (a, b) => {
  expect(likeness(a, b)).toBeLessThan(0.45)
})

it('is null for a name that only means parking', () => {
  expect(likeness('Motorcycle Parking (metered bays)', 'BRANNAN ST')).toBeNull()
})

it('distinguishes house numbers from lengths, near ones from far ones, and the sides of a street', () => {
  expect(numbers('101 TOWNSEND ST', '103 Townsend')).toBe('near')
  expect(numbers('101 TOWNSEND ST', '102 Townsend')).toBe('across')
  expect(numbers('101 TOWNSEND ST', '801 Townsend')).toBe('far')
  expect(numbers('FROM 76 FEET TO 97 FEET N. OF TOWNSEND', '102 Townsend')).toBeNull()
})
