import { describe, expect, it } from 'vitest'
import { judgeAbsence } from './snapshot-change.ts'

const newer = { complete: true, activeBefore: 100, lost: 20, stillMissing: 5, changed: 1, unread: 0 }

describe('judgeAbsence', () => {
  it('believes a loss of up to 20 %', () => {
    expect(judgeAbsence(newer)).toEqual({ markMissing: true, retire: true, note: null })
  })

  it('takes nothing away after a loss of over 20 %, and says so', () => {
    const verdict = judgeAbsence({ ...newer, lost: 21 })
    expect(verdict).toMatchObject({ markMissing: false, retire: false })
    expect(verdict.note).toContain('21 of 100 zones (21 %)')
  })

  it('takes nothing away by a file that broke off', () => {
    expect(judgeAbsence({ ...newer, complete: false })).toMatchObject({ markMissing: false, retire: false })
  })

  it('does not count the same snapshot again as a newer one', () => {
    expect(judgeAbsence({ ...newer, lost: 0, changed: 0 })).toMatchObject({ retire: false, note: null })
    expect(judgeAbsence({ ...newer, lost: 1, changed: 0 }).retire).toBe(true)
  })

  it('takes zones for unread before it takes them for gone', () => {
    expect(judgeAbsence({ ...newer, unread: 20 })).toMatchObject({ markMissing: false, retire: false })
    expect(judgeAbsence({ ...newer, unread: 19 })).toMatchObject({ markMissing: true, retire: false })
    expect(judgeAbsence({ ...newer, unread: 4 })).toMatchObject({ markMissing: true, retire: true })
    expect(judgeAbsence({ ...newer, unread: 1 }).note).toMatch(/could not be read: 1\./)
  })

  it('has nothing to say of an empty past', () => {
    expect(judgeAbsence({ ...newer, activeBefore: 0, lost: 0, stillMissing: 0 }).note).toBeNull()
  })
})
