import { ApiError } from '@kickstand/client'
import { describe, expect, test } from 'vitest'
import { fieldText, otherFieldTexts, rejectedFields } from './field-text.ts'

function rejection(...pointers: string[]): ApiError {
  const problem = { type: '', title: '', status: 400, detail: '', code: 'invalid-request' as const }
  return new ApiError({
    kind: 'rejected',
    retryAfter: null,
    problem: { ...problem, errors: pointers.map((pointer) => ({ pointer, message: 'must NOT have fewer' })) },
  })
}

const t = (id: string, ...[params]: readonly unknown[]) => `${id}${params === undefined ? '' : JSON.stringify(params)}`

describe('texts of rejected fields', () => {
  test('an element of a list and a query parameter stand for their field, each once', () => {
    expect(rejectedFields(rejection('/networks/0', '/networks/2', '?object'))).toEqual(['networks', 'object'])
    expect(rejectedFields(new Error('offline'))).toEqual([])
  })

  test('only the rejected field has a text, and never that of the server', () => {
    expect(fieldText(rejection('/name'), 'name', t)).toBe('problem.field.name')
    expect(fieldText(rejection('/name'), 'networks', t)).toBeNull()
  })

  test('fields without a place in the form are listed, unknown ones by name', () => {
    expect(otherFieldTexts(rejection('/name', '/networks/0', '/colour'), ['name'], t)).toEqual([
      'tokens.networksWrong',
      'problem.field.other{"field":"colour"}',
    ])
  })
})
