import { ProblemSchema, type ProblemBody } from '@kickstand/contract'
import { expect } from 'vitest'
import { expectShape } from './expect-shape.ts'

/** The problem in a response, after checks of its status, code, media type and texts. */
export async function expectProblem(answer: Response, status: number, code: string): Promise<ProblemBody> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const problem = expectShape(ProblemSchema, await answer.json())
  expect({ http: answer.status, status: problem.status, code: problem.code }).toEqual({ http: status, status, code })
  expect(problem.detail.length).toBeGreaterThan(20)
  expect(problem.requestId).toMatch(/./)
  return problem
}

/** The pointers of all faults in a problem. */
export function pointers(problem: ProblemBody): string[] {
  return (problem.errors ?? []).map(({ pointer }) => pointer)
}
