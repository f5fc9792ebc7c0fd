import { describe, expect, it } from 'vitest'
import { whyNonexistent } from './osm-lifetime.ts'

const NOON = Date.parse('2026-11-28T12:00:00Z')

describe('whyNonexistent', () => {
  it.each([
    [{ end_date: '2026-11-27' }, /end_date/],
    [{ end_date: '2026-10' }, /end_date/],
    [{ end_date: '2025' }, /end_date/],
    [{ end_date: '~2019' }, /end_date/],
    [{ end_date: 'before 2020' }, /end_date/],
    [{ start_date: '2026-11-29' }, /start_date/],
    [{ start_date: '2026-12' }, /start_date/],
    [{ start_date: '2027' }, /start_date/],
    [{ opening_date: '2027-03-01' }, /opening_date/],
  ])('%j: %s', (tags, reason) => {
    expect(whyNonexistent(tags, NOON)).toMatch(reason)
  })

  it.each([
    [{}],
    [{ end_date: '2026-11-28' }],
    [{ end_date: '2026-11' }],
    [{ end_date: '2026' }],
    [{ end_date: '2030-01-01' }],
    [{ end_date: 'soon' }],
    [{ end_date: '2026-13-01' }],
    [{ start_date: '2026-11-28' }],
    [{ start_date: '2026' }],
    [{ start_date: '1998' }],
    [{ start_date: 'C19' }],
  ])('%j is there', (tags) => {
    expect(whyNonexistent(tags, NOON)).toBeNull()
  })
})
