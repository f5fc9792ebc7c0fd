import { TariffSchema } from '@kickstand/contract'
import {
  FIELD_LIST,
  mapFields,
  MAY_PARK,
  TRUSTED_FIELDS,
  VEHICLES,
  type FieldsWith,
  type PlainField,
  type ZoneFacts,
  type ZoneField,
} from '@kickstand/domain'
import Type, { type Static, type TOptional, type TSchema, type TUnsafe } from 'typebox'
import { fetchProperties } from '#fetch/fetch-schema.ts'
import { ENCODINGS } from '#files/text-encoding.ts'

/**
 * The formats, by the names that profiles use. `osm` covers PBF and Overpass JSON. Formats of the second line are
 * containers whose fields a profile names; those of the third have fields that Kickstand knows.
 */
export const FORMATS = [
  ...(['osm', 'geojson', 'kml', 'csv', 'json'] as const),
  ...(['socrata', 'opendatasoft', 'arcgis'] as const),
  ...(['apds', 'datex2', 'fiware', 'hong-kong', 'new-taipei', 'parkapi', 'singapore', 'taipei'] as const),
] as const

/** Conversions for values in another form than the field's own: units of time, and of length for a capacity. */
export const CONVERTERS = [
  ...(['text', 'number', 'boolean', 'duration', 'seconds', 'minutes', 'hours'] as const),
  ...(['metres', 'feet'] as const),
] as const

/**
 * `official`: data of the operator of the parking. `community`: maintained by many people. `unverified`: maintained by
 * nobody.
 */
export const TRUST = ['official', 'community', 'unverified'] as const
export type Trust = (typeof TRUST)[number]

function oneOf<const T extends readonly string[]>(values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values] })
}

const closed = { additionalProperties: false }

const Names = Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })])

const RuleSchema = Type.Union([
  Names,
  Type.Object(
    {
      from: Names,
      as: Type.Optional(oneOf(CONVERTERS)),
      words: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
      join: Type.Optional(Type.String()),
      distinct: Type.Optional(Type.Boolean()),
      perSpace: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    },
    closed,
  ),
])
export type Rule = Static<typeof RuleSchema>

const rule = Type.Optional(RuleSchema)

type OptionalRule = typeof rule

const PlaceRules = { lat: rule, lng: rule, geometry: rule }

/** A rule for each fact in the domain's table of fields, by its name. */
const FieldsSchema = Type.Object({ ...PlaceRules, ...mapFields((): OptionalRule => rule) }, closed)

type DefaultFact = Exclude<PlainField, FieldsWith<{ readonly isIndividual: true }>>
type DefaultSchemas = { [Name in DefaultFact]: TOptional<TUnsafe<NonNullable<ZoneFacts[Name]>>> }

/** The schema of a value that applies to all zones of a source. */
function defaultSchema(field: ZoneField): TSchema {
  switch (field.type) {
    case 'choice':
      return oneOf(field.values)
    case 'flag':
      return Type.Boolean()
    case 'count':
    case 'seconds':
      return Type.Integer({ minimum: 1, maximum: field.maximum })
    case 'tariff':
      return TariffSchema
    case 'text':
    case 'word':
      return Type.String({ maxLength: field.maxLength })
  }
}

const DefaultsSchema = Type.Object(
  Object.fromEntries(
    FIELD_LIST.filter(({ isIndividual }) => isIndividual !== true).map((field) => [
      field.name,
      Type.Optional(defaultSchema(field)),
    ]),
    // The types follow from the same table as the schemas.
  ) as DefaultSchemas,
  closed,
)

const ConditionSchema = Type.Object(
  {
    field: Type.String({ minLength: 1 }),
    in: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()]), { minItems: 1 })),
    above: Type.Optional(Type.Number()),
    matches: Type.Optional(Type.String()),
  },
  closed,
)
export type Condition = Static<typeof ConditionSchema>

/** One trust for all facts, or one for each: `place` is the position of a zone, `vehicles` who may park. */
const TrustSchema = Type.Union([
  oneOf(TRUST),
  Type.Unsafe<{ readonly default: Trust; readonly [fact: string]: Trust }>(
    Type.Object(
      {
        default: oneOf(TRUST),
        ...Object.fromEntries(TRUSTED_FIELDS.map((fact) => [fact, Type.Optional(oneOf(TRUST))])),
      },
      closed,
    ),
  ),
])

const GroupSchema = Type.Object({ by: Names, gap: Type.Optional(Type.Number({ exclusiveMinimum: 0 })) }, closed)

/**
 * The address of live figures, and their fields in formats without live figures of their own. `format`, `rows` and
 * `ref` are for responses with another structure than the source's file of zones.
 */
const LiveSchema = Type.Object(
  {
    ...fetchProperties,
    format: Type.Optional(oneOf(FORMATS)),
    rows: Type.Optional(Type.String()),
    ref: rule,
    free: rule,
    occupied: rule,
    available: rule,
    level: rule,
    capacity: rule,
    closed: rule,
    at: rule,
    vehicle: Type.Optional(oneOf(VEHICLES)),
  },
  closed,
)

const Degrees = Type.Number({ minimum: -180, maximum: 180 })

/** A profile of a source, as in `feeds/*.json`; `feeds/README.md` documents every field. */
export const ProfileSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    name: Type.String({ minLength: 1, maxLength: 255 }),
    licence: Type.String({ minLength: 1, maxLength: 100 }),
    licenceUrl: Type.Optional(Type.String({ maxLength: 500 })),
    attribution: Type.String({ minLength: 1, maxLength: 500 }),
    url: Type.Optional(Type.String({ maxLength: 500 })),
    trust: TrustSchema,
    format: Type.Optional(oneOf(FORMATS)),
    mapping: Type.Optional(oneOf(['fields', 'osm'])),
    crs: Type.Optional(Type.String({ minLength: 1 })),
    encoding: Type.Optional(oneOf(ENCODINGS)),
    delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
    rows: Type.Optional(Type.String()),
    timeZone: Type.Optional(Type.String({ minLength: 1 })),
    date: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}(?:T.*)?$' })),
    dateOrder: Type.Optional(oneOf(['day-first', 'month-first'])),
    supply: Type.Optional(oneOf(['mixed', 'motorcycle'])),
    kindOfNumber: Type.Optional(oneOf(['count', 'flag', 'band'])),
    matchDistance: Type.Optional(Type.Number({ minimum: 0, maximum: 500 })),
    area: Type.Optional(Type.Array(Degrees, { minItems: 4, maxItems: 4 })),
    group: Type.Optional(GroupSchema),
    names: Type.Optional(oneOf(['exact', 'loose'])),
    filter: Type.Optional(Type.Array(ConditionSchema)),
    ref: rule,
    fields: Type.Optional(FieldsSchema),
    vehicles: Type.Optional(
      Type.Object(Object.fromEntries(VEHICLES.map((vehicle) => [vehicle, Type.Optional(oneOf(MAY_PARK))])), closed),
    ),
    defaults: Type.Optional(DefaultsSchema),
    static: Type.Optional(Type.Object(fetchProperties, closed)),
    live: Type.Optional(LiveSchema),
  },
  closed,
)
export type Profile = Static<typeof ProfileSchema>
