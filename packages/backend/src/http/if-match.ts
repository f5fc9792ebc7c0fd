import { DomainError } from '@kickstand/domain'
import type { FastifyRequest } from 'fastify'

/** The ETag of a version of an object. */
export function versionTag(version: number): string {
  return `"${version}"`
}

/**
 * The version that a change is based on, from `If-Match`. Throws `precondition-required` where the header is missing, and
 * `changed-meanwhile` for a tag that no version has. Weak tags count: a compressing proxy weakens ours.
 */
export function readIfMatch(request: FastifyRequest): number {
  const header = request.headers['if-match']
  if (header === undefined) {
    throw new DomainError(
      'precondition-required',
      'Send If-Match with the ETag of the version that you changed, so that nobody else’s change is overwritten.',
    )
  }
  const version = /^(?:W\/)?"([1-9]\d{0,14})"$/.exec(header.trim())?.[1]
  if (version === undefined) throw changedMeanwhile()
  return Number(version)
}

/** The error for a change that is based on an older version. */
export function changedMeanwhile(): DomainError {
  return new DomainError(
    'changed-meanwhile',
    'Somebody else has changed this since you read it. Read it again, then repeat your change.',
  )
}
