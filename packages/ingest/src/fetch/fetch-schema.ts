import Type, { type Static } from 'typebox'

const EVERY = String.raw`^[1-9]\d{0,3} (minute|hour)s?$`
const DAILY = String.raw`^([01]\d|2[0-3]):[0-5]\d$`
/** Names of secrets start with `FEED_`, so that a profile cannot read other settings. */
const SECRET = '^FEED_[A-Z0-9_]{1,60}$'

const Address = Type.String({ minLength: 1, maxLength: 2000 })

/** Where and when a channel of a feed is fetched (`feeds/README.md`), as properties of the channel in its profile. */
export const fetchProperties = {
  address: Type.Optional(Type.Union([Address, Type.Array(Address, { minItems: 1, maxItems: 1000 })])),
  pages: Type.Optional(
    Type.Object(
      {
        first: Type.Optional(Type.Integer({ minimum: 0 })),
        step: Type.Optional(Type.Integer({ minimum: 1 })),
        most: Type.Integer({ minimum: 1, maximum: 1000 }),
      },
      { additionalProperties: false },
    ),
  ),
  every: Type.Optional(Type.String({ pattern: EVERY })),
  daily: Type.Optional(Type.String({ pattern: DAILY })),
  limits: Type.Optional(
    Type.Object(
      {
        bytes: Type.Optional(Type.Integer({ minimum: 1 })),
        seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600 })),
      },
      { additionalProperties: false },
    ),
  ),
  headers: Type.Optional(Type.Record(Type.String(), Type.String({ pattern: SECRET }))),
  allowPrivate: Type.Optional(Type.Boolean()),
}
const FetchSchema = Type.Object(fetchProperties)
export type FetchRule = Static<typeof FetchSchema>
