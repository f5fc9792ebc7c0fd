import { expect, it } from 'vitest'
import { describeNotice } from './describe-notice.ts'
import type { Notice } from './stored-notice.ts'

const decided = (changes: object): Notice => ({
  kind: 'contribution-decided',
  params: {
    subject: 'contribution',
    verdict: 'accepted',
    zoneId: 'zone000001',
    zone: 'Market',
    reason: null,
    ...changes,
  },
})
const roles = (list: string): Notice => ({
  kind: 'role-changed',
  params: { roles: list },
})

const NOTICES = [
  decided({}),
  decided({ verdict: 'rejected', reason: 'no {zone} here' }),
  decided({ subject: 'photo', zone: null }),
  decided({ subject: 'photo', verdict: 'rejected' }),
  roles('admin,auditor'),
  roles(''),
]

it.each(NOTICES.flatMap((notice) => ['en', 'de', 'ar'].map((language) => ({ notice, language }))))(
  'notice %# has a title and a text, with all of its parameters filled in',
  ({ notice, language }) => {
    const { title, body, path } = describeNotice(notice, language)
    expect(title.length).toBeGreaterThan(5)
    expect(`${title} ${body}`).not.toMatch(/notice\.|undefined|null|: \.$/)
    expect(path).toMatch(/^\//)
  },
)

it('a reason is shown as it was written, even if it looks like a message', () => {
  expect(describeNotice(decided({ reason: 'no {zone} here' }), 'en').body).toContain('Reason: no {zone} here')
})

it('a proposed zone that was rejected has no page to open', () => {
  expect(describeNotice(decided({ verdict: 'rejected', zoneId: null }), 'en').path).toBe('/')
})

it('texts for staff are English where their language has none', () => {
  expect(describeNotice(roles('admin'), 'ar')).toMatchObject({ language: 'en', title: 'Your roles were changed' })
  expect(describeNotice(decided({}), 'ar').language).toBe('ar')
})
