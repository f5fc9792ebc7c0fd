import type { Failure } from '@kickstand/client'
import { ERROR_CODES, type ErrorCode } from '@kickstand/domain'
import { describe, expect, it } from 'vitest'
import { enProblems } from './en-problems.ts'
import { makeFormat } from './format.ts'
import { problemText } from './problem-words.ts'

const format = makeFormat('en')
/** Codes that only operators and commands receive. */
const OPERATOR_CODES = /^(feed|snapshot|unreadable|incomplete|unknown-profile|invalid-config|review)/
const API_TERMS = /\/v1|\/docs|idempotency|header|json|request|endpoint|parameter|[{}<>_]/i

function rejection(code: ErrorCode, params?: Record<string, string | number>): Failure {
  const detail = 'The zone 3v7w1g8xdp lies 2 m from there, at /v1/zones/3v7w1g8xdp/contributions'
  const problem = {
    type: `/docs#problem-${code}`,
    title: 'Conflict',
    status: 409,
    code,
    detail,
    ...(params && { params }),
  }
  return { kind: 'rejected', problem, retryAfter: null }
}

describe('the text of a rejection', () => {
  it.each(ERROR_CODES)('%s has a sentence without terms of the API', (code) => {
    const text = problemText(rejection(code), 'en', format)
    expect(text).toMatch(/^[A-Z].+\.$/)
    expect(text).not.toMatch(API_TERMS)
    expect(text).not.toContain('lies')
    if (!OPERATOR_CODES.test(code)) expect(Object.keys(enProblems.reasons)).toContain(code)
  })

  it('gives the distance to the existing place', () => {
    expect(problemText(rejection('zone-already-exists', { zoneId: 'abc', metres: 12 }), 'en', format)).toBe(
      'There is already a place 10 m from here.',
    )
    expect(problemText(rejection('zone-already-exists'), 'en', format)).toBe('There is already a place here.')
  })

  it('exists for an unknown code and for a failed connection', () => {
    expect(problemText(rejection('brand-new' as ErrorCode), 'en', format)).toBe(enProblems.other({ distance: null }))
    expect(problemText({ kind: 'unreachable' }, 'en', format)).toBe(enProblems.tooLate)
  })
})
