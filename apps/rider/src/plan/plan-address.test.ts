import { describe, expect, it } from 'vitest'
import { parsePoint } from '../api/point.ts'
import { parseFull, pointText, withFull } from './plan-address.ts'

describe('the address of a plan', () => {
  it('keeps a point to about a metre', () => {
    expect(pointText({ lat: 37.783_812_3, lng: -122.4 })).toBe('37.78381,-122.4')
    expect(parsePoint('37.78381,-122.4')).toEqual({ lat: 37.78381, lng: -122.4 })
  })

  it.each([undefined, '', '1', '1,', ',1', '91,0', '0,181', 'a,b', '1,2,3'])('rejects %j as a point', (text) => {
    expect(parsePoint(text)).toBeNull()
  })

  it('keeps zones found full once each, the latest last', () => {
    expect(parseFull('a,b,a,,c')).toEqual(['a', 'b', 'c'])
    expect(parseFull(undefined)).toEqual([])
  })

  it('drops the start of the search if no zone was full', () => {
    const search = { to: '1,2', from: '3,4', full: 'a' }
    expect(withFull(search, ['a', 'b'])).toEqual({ to: '1,2', from: '3,4', full: 'a,b' })
    expect(withFull(search, [])).toEqual({ to: '1,2' })
  })
})
