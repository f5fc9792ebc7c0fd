import { describe, expect, it } from 'vitest'
import { mayPark, type HoursAt } from './may-park.ts'
import type { OsmTags } from './osm-special.ts'
import { factsFromOsmTags } from './osm-tags.ts'
import { readRules } from './zone-rules.ts'

const street = { highway: 'residential', name: 'Main Street' }
const when: HoursAt = (hours) => ({ state: hours.startsWith('Mo') ? 'open' : 'closed', until: null })

function ask(tags: OsmTags) {
  const read = factsFromOsmTags({ ...street, ...tags })
  return read === null ? null : mayPark(readRules(read.facts), 'motorcycle', [], 0, when).mayPark
}

describe('parking for motorcycles along a street', () => {
  it.each(['left', 'right', 'both'])('on the side %s is a zone with the name of the street', (side) => {
    const read = factsFromOsmTags({
      ...street,
      [`parking:${side}`]: 'street_side',
      [`parking:${side}:motorcycle`]: 'designated',
      [`parking:${side}:capacity`]: '8',
      [`parking:${side}:fee`]: 'no',
      [`parking:${side}:maxstay`]: '2 hours',
    })
    expect(read?.facts).toMatchObject({ name: 'Main Street', capacity: 8, kind: 'bay', fee: 'free', maxStay: 7200 })
  })

  it.each<[OsmTags]>([
    [{}],
    [{ motorcycle: 'designated' }],
    [{ 'parking:both': 'lane', 'parking:both:capacity': '30' }],
    [{ 'parking:both': 'lane', 'parking:both:motorcycle': 'no' }],
    [{ 'parking:left': 'separate', 'parking:left:motorcycle': 'designated' }],
    [{ 'parking:left': 'no', 'parking:left:motorcycle': 'designated' }],
    [{ 'parking:left:capacity:motorcycle': '0' }],
    [{ 'parking:lane:left': 'parallel' }],
  ])('%j has none', (tags) => {
    expect(factsFromOsmTags({ ...street, ...tags })).toBeNull()
  })

  it('does not exist without a street', () => {
    expect(factsFromOsmTags({ 'parking:both:motorcycle': 'designated' })).toBeNull()
  })

  it('ignores the spaces for cars', () => {
    const read = factsFromOsmTags({ ...street, 'parking:left:motorcycle': 'yes', 'parking:left:capacity': '30' })
    expect(read?.facts.capacity).toBeNull()
  })

  it('adds up the spaces of two sides, and keeps only values that both have', () => {
    const read = factsFromOsmTags({
      ...street,
      'parking:left:motorcycle': 'designated',
      'parking:left:capacity': '4',
      'parking:left:fee': 'no',
      'parking:right:motorcycle': 'designated',
      'parking:right:capacity:motorcycle': '6',
      'parking:right:fee': 'yes',
    })
    expect(read?.facts).toMatchObject({ capacity: 10, fee: null })
    expect(read?.warnings).toEqual([])
  })

  it.each<[OsmTags, string]>([
    [{ 'parking:left:motorcycle': 'designated' }, 'yes'],
    [{ 'parking:left:access': 'no', 'parking:left:access:motorcycle': 'yes' }, 'yes'],
    [{ 'parking:left:restriction': 'no_parking', 'parking:left:motorcycle': 'designated' }, 'yes'],
    [{ 'parking:left:restriction': 'no_stopping', 'parking:left:capacity:motorcycle': '4' }, 'no'],
    [{ 'parking:left:access': 'private', 'parking:left:capacity:motorcycle': '4' }, 'no'],
    [{ 'parking:left:access': 'somehow', 'parking:left:capacity:motorcycle': '4' }, 'unknown'],
    [
      {
        'parking:left:motorcycle': 'designated',
        'parking:right:access': 'private',
        'parking:right:capacity:motorcycle': '2',
      },
      'unknown',
    ],
    [
      {
        'parking:left:motorcycle': 'designated',
        'parking:left:restriction:conditional': 'no_parking @ (Mo 08:00-10:00)',
      },
      'no',
    ],
    [
      {
        'parking:left:motorcycle': 'designated',
        'parking:left:restriction:conditional': 'no_parking @ (Sa 08:00-10:00)',
      },
      'yes',
    ],
  ])('%j: %s', (tags, answer) => {
    expect(ask(tags)).toBe(answer)
  })
})
