import type { ProblemBody } from '@kickstand/contract'
import { DomainError, type ErrorCode, type FieldError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NO_STORE } from '#platform/cache-rules.ts'
import type { FailureLog } from './failure-log.ts'

/** Default `Retry-After` of a 503. */
const RETRY_AFTER_SECONDS = 3

/** HTTP status and title of each error code. */
const PROBLEMS: Record<ErrorCode, readonly [status: number, title: string]> = {
  'invalid-request': [400, 'The request is invalid'],
  'not-found': [404, 'There is nothing at this address'],
  'zone-not-found': [404, 'There is no such zone'],
  'report-not-found': [404, 'There is no such report'],
  'contribution-not-found': [404, 'There is no such contribution'],
  'photo-not-found': [404, 'There is no such photo'],
  'review-not-found': [404, 'There is no such item to review'],
  'not-for-riders': [422, 'Riders cannot contribute this field'],
  'zone-already-exists': [409, 'There already is a zone at this place'],
  'unusable-image': [422, 'The image cannot be used'],
  'observed-in-future': [422, 'The time of the report is in the future'],
  'observed-too-old': [422, 'The report is too old'],
  'undo-too-late': [409, 'It is too late to undo this'],
  'rider-required': [401, 'The request lacks the secret of the device'],
  'not-allowed': [403, 'These credentials do not allow this'],
  'sign-in-required': [401, 'You are not signed in'],
  'sign-in-failed': [401, 'The sign-in failed'],
  'second-factor-required': [403, 'A second factor is required'],
  'step-up-required': [403, 'A fresh proof of identity is required'],
  'cross-site-request': [403, 'Another site caused this request'],
  'link-not-usable': [410, 'The link cannot be used any more'],
  'credential-needed': [409, 'The account needs this credential'],
  'last-holder': [409, 'Nobody else has this role'],
  'changed-meanwhile': [412, 'Somebody else has changed this meanwhile'],
  'precondition-required': [428, 'The request lacks If-Match'],
  'email-in-use': [409, 'An account with this e-mail address exists'],
  'account-not-found': [404, 'There is no such account'],
  'organisation-not-found': [404, 'There is no such organisation'],
  'token-not-found': [404, 'There is no such token'],
  'provider-failed': [502, 'The identity provider does not respond'],
  'identity-in-use': [409, 'The identity is connected with another account'],
  'idempotency-mismatch': [422, 'This Idempotency-Key was used with another request'],
  'idempotency-in-flight': [409, 'The first request with this Idempotency-Key is still in progress'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'This route does not accept the media type of the body'],
  'method-not-allowed': [405, 'This route does not accept that method'],
  'precondition-failed': [412, 'A precondition header does not match'],
  'range-not-satisfiable': [416, 'The range is outside the content'],
  'rate-limited': [429, 'Too many requests'],
  overloaded: [503, 'The server is overloaded'],
  'not-ready': [503, 'The service is starting or stopping'],
  'wrong-server': [421, 'This server does not have the role for this request'],
  'unreadable-file': [422, 'The file cannot be read'],
  'incomplete-file': [422, 'The file is incomplete'],
  'snapshot-rejected': [422, 'The file was rejected'],
  'unknown-profile': [422, 'There is no such profile'],
  'feed-failed': [502, 'The feed could not be fetched'],
  'feed-not-found': [404, 'There is no such feed'],
  'invalid-config': [500, 'The settings of the service are invalid'],
  'database-unavailable': [503, 'The database cannot be reached'],
  'database-newer': [503, 'The database belongs to a newer version'],
  'storage-full': [503, 'The storage is full'],
  internal: [500, 'Internal error'],
}

/** Fastify's own errors, as codes and messages of this API. */
const FROM_FASTIFY: Record<string, readonly [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is larger than this route accepts. Send a smaller one.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'The body is empty. Send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'The body is not valid JSON. Check brackets and quotes.'],
  FST_ERR_HANDLER_TIMEOUT: ['overloaded', 'The request timed out. Try again in a few seconds.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid-request',
    'Content-Length does not match the body. Send the exact number of bytes.',
  ],
}

/**
 * Answers every error as RFC 9457 problem+json and passes those of status 500 and above to `logFailure`.
 * `databaseErrorOf` maps errors of the database; it returns null for any other.
 */
export function registerProblems(
  app: FastifyInstance,
  databaseErrorOf: (error: unknown) => DomainError | null,
  logFailure: FailureLog,
): void {
  app.setErrorHandler((given, request, reply) => {
    const error = databaseErrorOf(given) ?? toDomainError(given)
    if (PROBLEMS[error.code][0] >= 500) logFailure(error, request.id)
    return sendProblem(error, request, reply)
  })
}

export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path] = request.url.split('?')
  return sendProblem(
    new DomainError('not-found', `There is no route ${request.method} ${path}. See /docs.`),
    request,
    reply,
  )
}

function sendProblem(error: DomainError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [status, title] = PROBLEMS[error.code]
  const body: ProblemBody = {
    type: `/docs#problem-${error.code}`,
    title,
    status,
    code: error.code,
    // The message of an internal error is only logged: it can hold private data.
    detail: status === 500 ? `Try again. If the error persists, report request ${request.id}.` : error.message,
    requestId: request.id,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
    ...(Object.keys(error.params).length > 0 ? { params: { ...error.params } } : {}),
  }
  const { retryAfterSeconds } = error.params
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds)
  if (status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER_SECONDS)
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', NO_STORE)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}

type SchemaFault = {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Record<string, unknown>
  readonly message?: string
}

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  if (error instanceof Error) {
    const code = 'code' in error ? String(error.code) : ''
    if (code === 'FST_ERR_VALIDATION' && 'validation' in error && Array.isArray(error.validation)) {
      const part = 'validationContext' in error ? String(error.validationContext) : 'body'
      return invalid(part, error.validation as SchemaFault[])
    }
    const known = FROM_FASTIFY[code]
    if (known !== undefined) return new DomainError(known[0], known[1], [], error)
    if ('statusCode' in error && error.statusCode === 412) {
      const text = 'The file does not match If-Match or If-Unmodified-Since. Request it without these headers.'
      return new DomainError('precondition-failed', text, [], error)
    }
    if ('statusCode' in error && error.statusCode === 416) {
      const text = 'The Range header asks for bytes beyond the end of the file. Request the file without a range.'
      return new DomainError('range-not-satisfiable', text, [], error)
    }
    if ('statusCode' in error && error.statusCode === 400) {
      return new DomainError('invalid-request', 'The request is invalid. Check its encoding and headers.', [], error)
    }
  }
  return new DomainError('internal', 'unexpected', [], error)
}

function invalid(part: string, faults: readonly SchemaFault[]): DomainError {
  const where = part === 'querystring' ? 'query' : part === 'params' ? 'address' : part
  const errors = new Map<string, FieldError>()
  for (const fault of faults) {
    const { pointer, message } = describe(part, fault)
    if (!errors.has(pointer)) errors.set(pointer, { pointer, message })
  }
  const list = [...errors.values()]
  const names = list.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')
  return new DomainError('invalid-request', `The ${where} is invalid: ${names}.`, list)
}

function describe(part: string, { instancePath, keyword, params, message }: SchemaFault): FieldError {
  let path = instancePath
  let text = message ?? 'is invalid'
  if (keyword === 'additionalProperties') {
    path = `${instancePath}/${String(params.additionalProperty)}`
    text = 'is unknown; remove it'
  } else if (keyword === 'required') {
    path = `${instancePath}/${String(params.missingProperty)}`
    text = 'is missing'
  } else if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    text = `must be one of ${params.allowedValues.join(', ')}`
  }
  return { pointer: part === 'querystring' ? `?${path.slice(1)}` : path === '' ? '/' : path, message: text }
}
