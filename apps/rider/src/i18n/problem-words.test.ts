import type { Failure } from '@kickstand/client'
import { ERROR_CODES, type ErrorCode } from '@kickstand/domain'
import type { Language } from '@kickstand/i18n'
import { describe, expect, it } from 'vitest'
import { textsOf } from './fixtures.ts'
import { problemText, REASONS } from './problem-words.ts'

const { e: t, format } = await textsOf('en')
const english = { t, format }
/** Codes that only operators and commands receive. */
const OPERATOR_CODES =
  /^(not-allowed|feed|snapshot|unreadable|incomplete|unknown-profile|invalid-config|review|sign-in|second-factor|step-up|cross-site|credential|identity|provider|link|last-holder|changed-meanwhile|precondition-required|email|account|organisation|token)/
const API_TERMS = /\/v1|\/docs|idempotency|header|json|request|endpoint|parameter|[{}<>_]/i
const DETAIL = 'The zone 3v7w1g8xdp lies 2 m from there, at /v1/zones/3v7w1g8xdp/contributions'

function rejection(code: ErrorCode, params?: Record<string, string | number>): Failure {
  const problem = {
    type: `/docs#problem-${code}`,
    title: 'Conflict',
    status: 409,
    code,
    detail: DETAIL,
    ...(params && { params }),
  }
  return { kind: 'rejected', problem, retryAfter: null }
}

describe('the text of a rejection', () => {
  it.each(ERROR_CODES)('%s has a sentence without terms of the API', (code) => {
    const text = problemText(rejection(code), english)
    expect(text).toMatch(/^[A-Z].+\.$/)
    expect(text).not.toMatch(API_TERMS)
    expect(text).not.toContain('lies')
    if (!OPERATOR_CODES.test(code)) expect(Object.keys(REASONS)).toContain(code)
  })

  it.each<Language>(['de', 'ar'])('is never the server’s English in %s', async (language) => {
    const { e, format: its } = await textsOf(language)
    for (const code of ERROR_CODES) {
      const text = problemText(rejection(code, { metres: 12 }), { t: e, format: its })
      expect(text).not.toContain('lies')
      expect(text).not.toBe(problemText(rejection(code, { metres: 12 }), english))
      expect(text).not.toMatch(/^rejection\./)
    }
  })

  it('gives the distance to the existing place', () => {
    expect(problemText(rejection('zone-already-exists', { zoneId: 'abc', metres: 12 }), english)).toBe(
      'There is already a place 10 m from here.',
    )
    expect(problemText(rejection('zone-already-exists'), english)).toBe('There is already a place here.')
  })

  it('exists for an unknown code and for a failed connection', () => {
    expect(problemText(rejection('brand-new' as ErrorCode), english)).toBe(t('rejection.other'))
    expect(problemText({ kind: 'unreachable' }, english)).toBe(t('rejection.tooLate'))
  })
})
