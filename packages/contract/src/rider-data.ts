import Type, { type Static } from 'typebox'
import { PhotoSchema } from './contribution.ts'
import { ReportSchema } from './report.ts'
import { Lat, Lng, orNull, Timestamp } from './shared.ts'

const Network = orNull(
  Type.String({
    description: 'A keyed hash of the network that it was sent from, never an address; null if many share it',
  }),
)

const RiderRecord = Type.Object({
  id: Type.String(),
  firstSeenAt: Timestamp,
  trust: Type.Object({ honest: Type.Number(), outlier: Type.Number() }),
  confirmedDays: Type.Integer({ description: 'Days on which a report was confirmed by others' }),
  lastConfirmedDay: orNull(Type.String({ format: 'date' })),
})

const OwnReport = Type.Object({
  ...ReportSchema.properties,
  accuracy: orNull(Type.Number({ description: 'Accuracy of the position that was sent, in metres' })),
  network: Network,
  trusted: Type.Boolean(),
  outlierProbability: orNull(Type.Number()),
  retractedAt: orNull(Timestamp),
  hasIdempotencyKey: Type.Boolean(),
})

const OwnContribution = Type.Object({
  id: Type.String(),
  zoneId: Type.String(),
  field: Type.String(),
  value: Type.Unknown(),
  position: Type.Object({ lat: Lat, lng: Lng }, { description: 'That of the zone' }),
  state: Type.String(),
  agree: Type.Integer(),
  createdAt: Timestamp,
  shownAt: orNull(Timestamp),
  expiresAt: orNull(Timestamp),
  decidedAt: orNull(Timestamp),
  reason: orNull(Type.String()),
})

const OwnVote = Type.Object({
  zoneId: Type.String(),
  field: Type.String(),
  value: Type.Unknown(),
  note: orNull(Type.String()),
  firstAt: Timestamp,
  lastAt: Timestamp,
  withinReach: orNull(Type.Boolean()),
  network: Network,
  trusted: Type.Boolean(),
  hadRecord: orNull(Type.Boolean()),
  undoneAt: orNull(Timestamp),
})

const OwnPhoto = Type.Object({
  ...PhotoSchema.properties,
  address: Type.String({ description: 'Where this device can read the image; a rejected photo has none any more' }),
  perceptualHash: Type.String(),
  duplicateOf: orNull(Type.String()),
  network: Network,
  decidedAt: orNull(Timestamp),
  reason: orNull(Type.String()),
})

export const RiderExportSchema = Type.Object(
  {
    rider: orNull(RiderRecord),
    reports: Type.Array(OwnReport),
    contributions: Type.Array(OwnContribution),
    votes: Type.Array(OwnVote, { description: 'What this rider contributed for each field of each zone' }),
    photos: Type.Array(OwnPhoto),
    idempotencyKeys: Type.Array(
      Type.Object({ namespace: Type.String(), receivedAt: Timestamp, answer: Type.Unknown() }),
      { description: 'Stored for two days, so that a repeated request has one effect' },
    ),
    decisions: Type.Array(Type.Object({ verdict: Type.String(), reason: orNull(Type.String()), at: Timestamp }), {
      description: 'Of moderators, on everything that this rider contributed',
    }),
    notifications: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.String(),
        params: Type.Unknown(),
        createdAt: Timestamp,
        readAt: orNull(Timestamp),
      }),
    ),
    notificationChoices: Type.Array(
      Type.Object({ kind: Type.String(), channel: Type.String(), isOn: Type.Boolean() }),
      { description: 'What this rider chose; the rest is as by default' },
    ),
    quietHours: orNull(Type.Object({ from: Type.String(), until: Type.String(), timeZone: Type.String() })),
    pushSubscriptions: Type.Array(
      Type.Object({ id: Type.String(), endpoint: Type.String(), language: Type.String(), createdAt: Timestamp }),
    ),
    erasedAt: orNull(Timestamp),
  },
  { $id: 'RiderExport', description: 'Everything that is stored of the rider of this device' },
)
export type RiderExportBody = Static<typeof RiderExportSchema>
