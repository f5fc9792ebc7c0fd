import { expect, it } from 'vitest'
import { salvageJson } from './salvage-json.ts'

it.each([
  ['{"id": "b3", "capacity": NaN, "at": [1.5, -Infinity]}', { id: 'b3', capacity: null, at: [1.5, null] }],
  ['{"id": 7, "open": None, "name": "NaN, \\"x\\": None"}', { id: 7, open: null, name: 'NaN, "x": None' }],
  ['{"id": 8, "capacity": 04, "fee": undefined}', { id: 8, capacity: null, fee: null }],
  ['{"id": 9, "name": "cut off', null],
  ['', null],
])('reads what it can of %s', (text, value) => {
  expect(salvageJson(text)).toEqual(value)
})
