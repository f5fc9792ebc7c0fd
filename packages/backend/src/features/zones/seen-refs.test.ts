import { describe, expect, it } from 'vitest'
import { createSeenRefs } from './seen-refs.ts'

describe('the references of a snapshot', () => {
  it('are all stored, and the last state of each counts', () => {
    const seen = createSeenRefs()
    const refs = Array.from({ length: 20_000 }, (_, i) => `node/${i}`)
    for (const [i, ref] of refs.entries()) seen.set(ref, i % 2 === 0 ? 'known' : 'unreadable')
    for (const ref of refs.slice(0, 5000)) seen.set(ref, 'known')
    const counts = Map.groupBy(refs, (ref) => seen.get(ref))
    expect([...counts].map(([as, some]) => [as, some.length])).toEqual([
      ['known', 12_500],
      ['unreadable', 7500],
    ])
    expect(refs.filter((ref) => seen.get(`${ref}x`) !== undefined)).toEqual([])
    expect(seen.get('')).toBeUndefined()
  })
})
