import {
  ContributionCreatedSchema,
  ContributionId,
  ContributionInputSchema,
  paths,
  PhotosBodySchema,
  QuestionBodySchema,
  QuestionQuerySchema,
  ContributionsBodySchema,
  ZoneId,
  ZoneInputSchema,
  type ContributionInput,
  type QuestionQuery,
  type ZoneInput,
} from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { riderOfRequest, riderOrNew, requireRider } from '#http/auth/rider-of-request.ts'
import type { OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { InFlight } from '#http/idempotency/in-flight.ts'
import { scopeKey, type ScopedKey } from '#http/idempotency/scoped-key.ts'
import type { Written } from '#http/idempotency/write-idempotently.ts'
import type { Limits } from '#http/rate-limit.ts'
import type { BodyBudget } from '#platform/body-budget.ts'
import type { Config } from '#platform/config.ts'
import { callerOf, type NetworkOf } from '#platform/network.ts'
import { askQuestion } from './ask-question.ts'
import { listMyContributions } from './list-my-contributions.ts'
import { proposeZone } from './propose-zone.ts'
import { submitContribution, type SubmitContributionDeps } from './submit-contribution.ts'
import { withdrawContribution } from './withdraw-contribution.ts'
import { registerPhotoUpload } from './photos/upload-route.ts'
import { listPhotos, showPhoto } from './photos/show-photos.ts'
import type { Writer } from './writer.ts'

export type ContributionRoutesDeps = SubmitContributionDeps & {
  readonly db: Db
  readonly networkOf: NetworkOf
  readonly inFlight: InFlight
  readonly bodies: BodyBudget
  readonly readOptional: OptionalRead
  readonly limits: Pick<Limits, 'limiter'>
  readonly config: Pick<Config, 'contributionLimit'>
}

/** Several riders share an address. */
const ADDRESS_FACTOR = 4
const ZoneParams = Type.Object({ id: ZoneId })
const ContributionParams = Type.Object({ id: ContributionId })

type ById = { Params: { id: string } }

/** Riders' contributions and photos. */
export function register(app: FastifyInstance, deps: ContributionRoutesDeps): void {
  const { contributionLimit } = deps.config
  const addressLimit = deps.limits.limiter('facts', ADDRESS_FACTOR * contributionLimit, 'address')
  const riderLimit = deps.limits.limiter('device-facts', contributionLimit, 'device')

  function onRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    addressLimit(callerOf(request.ip), reply)
    done()
  }

  async function write<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (writer: Writer, key: ScopedKey | null) => Promise<Written<T>>,
  ): Promise<FastifyReply> {
    const { riderId, setCookie, key: given } = riderOrNew(request)
    riderLimit(riderId, reply)
    const writer = { riderId, network: deps.networkOf(request.ip) }
    const key = scopeKey('contributions', riderId, given)
    const { body, replayed } = await deps.inFlight.run(key, () => work(writer, key))
    if (setCookie !== null) reply.header('set-cookie', setCookie)
    if (replayed) reply.header('idempotency-replayed', 'true')
    return reply.code(201).header('cache-control', 'no-store').send(body)
  }

  app.post<{ Body: ZoneInput }>(paths.zones(), {
    config: { access: 'rider' },
    schema: {
      tags: ['contributions'],
      summary: 'Add a missing zone. Only you see it until three independent riders agree or a moderator accepts it.',
      body: ZoneInputSchema,
      response: { 201: ContributionCreatedSchema },
    },
    onRequest,
    handler: (request, reply) => write(request, reply, (writer, key) => proposeZone(deps, writer, key, request.body)),
  })

  app.post<ById & { Body: ContributionInput }>(paths.zoneContributions(':id'), {
    config: { access: 'rider' },
    schema: {
      tags: ['contributions'],
      summary:
        'Correct a field of a zone, or answer a question about it. The same value as another rider’s supports their contribution, any other value disputes it.',
      params: ZoneParams,
      body: ContributionInputSchema,
      response: { 201: ContributionCreatedSchema },
    },
    onRequest,
    handler: (request, reply) =>
      write(request, reply, (writer, key) => submitContribution(deps, writer, key, request.params.id, request.body)),
  })

  app.get<ById & { Querystring: QuestionQuery }>(paths.zoneQuestions(':id'), {
    config: { access: 'rider' },
    schema: {
      tags: ['contributions'],
      summary:
        'A question for a rider who is at the zone or reported it in the last 30 minutes; null where there is none',
      params: ZoneParams,
      querystring: QuestionQuerySchema,
      response: { 200: QuestionBodySchema },
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return askQuestion(deps, riderOfRequest(request), request.params.id, request.query)
    },
  })

  app.get(paths.myContributions(), {
    config: { access: 'rider' },
    schema: {
      tags: ['contributions'],
      summary: 'The contributions of this device and their states, newest first',
      response: { 200: ContributionsBodySchema },
    },
    handler: async (request, reply) => {
      const riderId = riderOfRequest(request)
      reply.header('cache-control', 'no-store')
      return riderId === null ? { contributions: [] } : listMyContributions(deps, riderId)
    },
  })

  app.delete<ById>(paths.myContribution(':id'), {
    config: { access: 'own-rider' },
    schema: {
      tags: ['contributions'],
      summary: 'Undo your contribution',
      params: ContributionParams,
      response: { 204: Type.Null() },
    },
    onRequest(request, reply, done) {
      const riderId = riderOfRequest(request)
      if (riderId !== null) riderLimit(riderId, reply)
      done()
    },
    handler: async (request, reply) => {
      const riderId = requireRider(request, 'Only the device that made a contribution can undo it.')
      await withdrawContribution(deps, riderId, request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.get<ById>(paths.zonePhotos(':id'), {
    config: { access: 'rider' },
    schema: {
      tags: ['contributions'],
      summary: 'Photos of a zone: those that a moderator cleared, and your own',
      params: ZoneParams,
      response: { 200: PhotosBodySchema },
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'private, no-cache')
      return listPhotos(deps, request.params.id, riderOfRequest(request))
    },
  })

  app.get<ById>(paths.photo(':id'), {
    config: { access: 'rider' },
    schema: {
      tags: ['contributions'],
      summary: 'A photo as WebP. Before a moderator clears it, only the device that sent it can read it.',
      params: ContributionParams,
    },
    handler: async (request, reply) => {
      const { image, isPublic } = await showPhoto(deps, request.params.id, riderOfRequest(request))
      reply.header('cache-control', isPublic ? 'public, max-age=300' : 'private, no-store')
      return reply.header('content-type', 'image/webp').send(Buffer.from(image))
    },
  })

  registerPhotoUpload(app, { ...deps, onRequest, write })
}
