import { expect, it } from 'vitest'
import { readConditional } from './conditional.ts'

const hours = (text: string) => ({ on: 'hours', hours: text })

it.each([
  ['no @ (Mo-Fr 15:30-19:00)', [['no', [hours('Mo-Fr 15:30-19:00')]]]],
  ['permissive@(12:00-14:30)', [['permissive', [hours('12:00-14:30')]]]],
  ['no @ (Mo-Fr 19:00-07:00; Sa-Su; PH)', [['no', [hours('Mo-Fr 19:00-07:00; Sa-Su; PH')]]]],
  ['yes @ destination', [['yes', [{ on: 'who', who: 'destination' }]]]],
  ['no @ Mo-Fr 08:00-10:00; Sa 09:00-10:00', [['no', [hours('Mo-Fr 08:00-10:00; Sa 09:00-10:00')]]]],
  [
    'no @ (24/7); yes @ (Mo-Fr 09:00-18:00 AND stay > 30 minutes)',
    [
      ['no', [hours('24/7')]],
      ['yes', [hours('Mo-Fr 09:00-18:00'), { on: 'stay' }]],
    ],
  ],
  [
    'Customers @ ((We 08:00-10:00) AND (residents))',
    [['customers', [hours('We 08:00-10:00'), { on: 'who', who: 'residents' }]]],
  ],
  ['no @ ("school; days" 08:00-10:00)', [['no', [hours('"school; days" 08:00-10:00')]]]],
])('%s is parsed', (text, clauses) => {
  expect(readConditional(text)).toEqual(clauses.map(([value, conditions]) => ({ value, conditions })))
})

it.each(['', 'no', '@ (Mo)', 'no @', 'no; yes @ (Mo)'])('%j is not in conditional syntax', (text) => {
  expect(readConditional(text)).toBeNull()
})
