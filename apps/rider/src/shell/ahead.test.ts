import { describe, expect, it } from 'vitest'
import { parseViewSearch } from './view.ts'

describe('the minutes of an address', () => {
  it.each([
    [{ in: 30 }, { in: 30 }],
    [{ in: '60' }, { in: 60 }],
    [{ in: 0 }, {}],
    [{ in: 45 }, {}],
    [{ in: 'soon' }, {}],
    [{}, {}],
    [
      { lat: 1, lng: 2, in: 15 },
      { lat: 1, lng: 2, in: 15 },
    ],
  ])('%j is parsed as %j', (search, parsed) => {
    expect(parseViewSearch(search)).toEqual(parsed)
  })
})
