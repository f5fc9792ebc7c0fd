import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAbsence } from './snapshot-change.ts'

const newer = {
  complete: true,
  zones: 100,
  activeBefore: 100,
  lost: 20,
  stillMissing: 5,
  unreadable: 0,
  changed: 1,
  unread: 0,
  doubted: 0,
  acceptRemovals: false,
}
const small = { ...newer, zones: 6, activeBefore: 8, lost: 2, stillMissing: 0 }

describe('judgeAbsence', () => {
  it('accepts a loss of up to 20 %', () => {
    expect(judgeAbsence(newer)).toMatchObject({ lost: 'missing', stillMissing: 'retired', note: null })
  })

  it('removes nothing after a loss of over 20 %, with a note', () => {
    const verdict = judgeAbsence({ ...newer, lost: 21 })
    expect(verdict).toMatchObject({ lost: 'held', stillMissing: 'held', doubtful: true })
    expect(verdict.note).toContain('21 of 100 zones (21 %)')
    expect(judgeAbsence({ ...newer, lost: 21, doubted: 50 })).toMatchObject({ lost: 'held' })
  })

  it('accepts the loss of a small source at the third newer snapshot without the same zones', () => {
    const [first, second] = [judgeAbsence(small), judgeAbsence({ ...small, doubted: 1 })]
    expect([first.lost, first.doubted, second.lost, second.doubted]).toEqual(['held', 1, 'held', 2])
    expect(judgeAbsence({ ...small, doubted: 2 })).toMatchObject({ lost: 'retired', doubted: 0 })
    expect(judgeAbsence({ ...small, doubted: 2, changed: 0 })).toMatchObject({ lost: 'held', doubted: 2 })
    expect(judgeAbsence({ ...small, doubted: 2, zones: 0, lost: 8 })).toMatchObject({ lost: 'held' })
    expect(judgeAbsence({ ...small, doubted: 2, unread: 1 })).toMatchObject({ lost: 'held' })
    expect(judgeAbsence({ ...small, doubted: 2, activeBefore: 4, lost: 1 })).toMatchObject({ lost: 'retired' })
  })

  it('accepts removals that the operator confirms, unless the file is incomplete or empty', () => {
    const confirmed = { ...newer, lost: 90, changed: 0, unread: 3, acceptRemovals: true }
    expect(judgeAbsence(confirmed)).toMatchObject({ lost: 'retired', stillMissing: 'retired', note: null })
    expect(judgeAbsence({ ...confirmed, complete: false })).toMatchObject({ lost: 'held', stillMissing: 'held' })
    expect(judgeAbsence({ ...confirmed, zones: 0 }).note).toContain('sources remove ID')
  })

  it('removes nothing after an incomplete file', () => {
    expect(judgeAbsence({ ...newer, complete: false })).toMatchObject({ lost: 'held', stillMissing: 'held' })
  })

  it('does not count the same snapshot again as a newer one', () => {
    expect(judgeAbsence({ ...newer, lost: 0, changed: 0 })).toMatchObject({ stillMissing: 'unchanged', note: null })
    expect(judgeAbsence({ ...newer, lost: 1, changed: 0 }).stillMissing).toBe('retired')
  })

  it('assumes that absent zones are among unparsed objects, and retires none that may be', () => {
    expect(judgeAbsence({ ...newer, unread: 20 })).toMatchObject({ lost: 'held', stillMissing: 'held' })
    expect(judgeAbsence({ ...newer, unread: 4 })).toMatchObject({ lost: 'missing', stillMissing: 'held' })
    expect(judgeAbsence({ ...newer, unread: 1 }).note).toMatch(/could not be read: 1\./)
  })

  it('marks no zone after a snapshot of which over 20 % is lost or cannot be parsed', () => {
    const broken = { ...newer, lost: 2, stillMissing: 0, unreadable: 19 }
    expect(judgeAbsence(broken)).toMatchObject({ lost: 'held', doubtful: true })
    expect(judgeAbsence(broken).note).toContain('21 of 100 zones (21 %) are not in this snapshot, 19 of them in rows')
    expect(judgeAbsence({ ...broken, unreadable: 18 })).toMatchObject({ lost: 'missing' })
    expect(judgeAbsence({ ...broken, lost: 0, unreadable: 90 }).note).toBeNull()
  })

  it('has no note for an empty past', () => {
    expect(judgeAbsence({ ...newer, activeBefore: 0, lost: 0, stillMissing: 0 }).note).toBeNull()
  })

  it('never retires a zone that may only be in an unparsed row', () => {
    const figure = fc.nat(30)
    fc.assert(
      fc.property(
        fc.record({
          complete: fc.boolean(),
          zones: figure,
          activeBefore: figure,
          lost: figure,
          stillMissing: figure,
          unreadable: figure,
          changed: figure,
          unread: fc.integer({ min: 1, max: 9 }),
          doubted: figure,
          acceptRemovals: fc.constant(false),
        }),
        (outcome) => {
          const verdict = judgeAbsence(outcome)
          expect([verdict.lost, verdict.stillMissing]).not.toContain('retired')
        },
      ),
    )
  })
})
