import { ERROR_CODES, type ErrorCode } from '@kickstand/domain'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../api/http.ts'
import { enProblems } from './en-problems.ts'
import { makeFormat } from './format.ts'
import { problemText } from './problem-words.ts'

const format = makeFormat('en')
/** What only operators and commands get. */
const NOT_OF_RIDERS = /^(feed|snapshot|unreadable|incomplete|unknown-profile|invalid-config|review)/
const API_TALK = /\/v1|\/docs|idempotency|header|json|request|endpoint|parameter|[{}<>_]/i

function refused(code: ErrorCode, params?: Record<string, string | number>): Failure {
  const detail = 'The zone 3v7w1g8xdp lies 2 m from there, at /v1/zones/3v7w1g8xdp/facts'
  const problem = {
    type: `/docs#problem-${code}`,
    title: 'Conflict',
    status: 409,
    code,
    detail,
    ...(params && { params }),
  }
  return { kind: 'refused', problem, retryAfter: null }
}

describe('a rejection in the words of the catalogue', () => {
  it.each(ERROR_CODES)('%s has a sentence, without the server’s words or talk of the API', (code) => {
    const text = problemText(refused(code), 'en', format)
    expect(text).toMatch(/^[A-Z].+\.$/)
    expect(text).not.toMatch(API_TALK)
    expect(text).not.toContain('lies')
    if (!NOT_OF_RIDERS.test(code)) expect(Object.keys(enProblems.reasons)).toContain(code)
  })

  it('tells how far the place is that is there already', () => {
    expect(problemText(refused('zone-there-already', { zoneId: 'abc', metres: 12 }), 'en', format)).toBe(
      'There is already a place 10 m from here.',
    )
    expect(problemText(refused('zone-there-already'), 'en', format)).toBe('There is already a place here.')
  })

  it('has one for a code of a newer server, and for what could not be sent', () => {
    expect(problemText(refused('brand-new' as ErrorCode), 'en', format)).toBe(enProblems.other({ distance: null }))
    expect(problemText({ kind: 'unreachable' }, 'en', format)).toBe(enProblems.tooLate)
  })
})
