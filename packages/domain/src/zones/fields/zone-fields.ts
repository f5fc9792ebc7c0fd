import type { ValueOf, ZoneField } from './field.ts'
import { ACCESS, FEES, RIDER_SURFACES, ZONE_KINDS } from './vocabularies.ts'

const DAY_SECONDS = 86_400
/** Texts in OSM's conditional syntax and of signs. */
const LONG_TEXT = 1000

/**
 * All facts of a zone that are independent of each other, in order of importance. Everything else that needs to know the facts is
 * derived from this table: types, database columns, API schemas, mapping of sources, merging, exports, filters and forms. To add a
 * fact, add an entry, a migration with its column, and its texts. A fact follows the one that it belongs to.
 *
 * The position (`lat`, `lng`, `outline`) and `vehicles` have rules of their own, see `ZoneFacts`.
 */
export const ZONE_FIELDS = {
  name: {
    type: 'text',
    maxLength: 200,
    column: 'name',
    assertedBy: 'riders',
    riders: { isAsked: false, maxLength: 100 },
    osm: { key: 'name' },
    inLists: 'always',
    isIndividual: true,
    label: null,
  },
  /** Motorcycle spaces. */
  capacity: {
    type: 'count',
    unit: 'spaces',
    maximum: 5000,
    column: 'capacity',
    assertedBy: 'riders',
    riders: { isAsked: true, maximum: 2000 },
    osm: 'rule',
    inLists: 'always',
    isIndividual: true,
    label: 'capacity',
  },
  kind: {
    type: 'choice',
    values: ZONE_KINDS,
    column: 'kind',
    assertedBy: 'riders',
    riders: { isAsked: false },
    osm: 'rule',
    inLists: 'always',
    label: 'kind',
  },
  access: {
    type: 'choice',
    values: ACCESS,
    column: 'access',
    assertedBy: 'operators',
    osm: 'rule',
    inLists: 'always',
    label: 'access',
  },
  /** Exceptions of the access (`no @ (Mo-Fr 15:30-19:00)`). */
  accessConditional: {
    type: 'text',
    maxLength: LONG_TEXT,
    syntax: 'conditional',
    column: 'access_conditional',
    assertedBy: 'operators',
    osm: 'rule',
    belongsTo: 'access',
    inLists: 'if-known',
    label: null,
  },
  fee: {
    type: 'choice',
    values: FEES,
    column: 'fee',
    assertedBy: 'operators',
    osm: 'rule',
    inLists: 'always',
    label: 'fee',
  },
  /** Exceptions of the fee (`no @ (Sa-Su)`). */
  feeConditional: {
    type: 'text',
    maxLength: LONG_TEXT,
    syntax: 'conditional',
    column: 'fee_conditional',
    assertedBy: 'operators',
    osm: 'rule',
    belongsTo: 'fee',
    inLists: 'if-known',
    label: null,
  },
  /** Description of the fee by the source. */
  feeNote: {
    type: 'text',
    maxLength: 500,
    column: 'fee_note',
    assertedBy: 'operators',
    osm: 'rule',
    belongsTo: 'fee',
    inLists: 'always',
    label: null,
  },
  /** The price, where it could be parsed. */
  tariff: {
    type: 'tariff',
    column: 'tariff',
    assertedBy: 'operators',
    osm: 'rule',
    belongsTo: 'fee',
    inLists: 'never',
    label: 'tariff',
  },
  openingHours: {
    type: 'text',
    maxLength: LONG_TEXT,
    syntax: 'opening_hours',
    column: 'opening_hours',
    assertedBy: 'sources',
    osm: { key: 'opening_hours', ofMotorcycles: true },
    inLists: 'always',
    label: 'hours',
  },
  /** Longest permitted stay. */
  maxStay: {
    type: 'seconds',
    unit: 'seconds',
    maximum: 366 * DAY_SECONDS,
    column: 'max_stay',
    assertedBy: 'operators',
    osm: { key: 'maxstay', ofMotorcycles: true },
    inLists: 'always',
    label: 'maxStay',
  },
  /** Exceptions of the maximum stay (`30 min @ (Mo-Fr 09:00-18:00)`). */
  maxStayConditional: {
    type: 'text',
    maxLength: LONG_TEXT,
    syntax: 'conditional',
    column: 'max_stay_conditional',
    assertedBy: 'operators',
    osm: 'rule',
    belongsTo: 'maxStay',
    inLists: 'if-known',
    label: null,
  },
  covered: {
    type: 'flag',
    column: 'covered',
    assertedBy: 'riders',
    riders: { isAsked: true },
    osm: { key: 'covered', unclear: ['partial'] },
    inLists: 'always',
    isFilter: true,
    label: 'covered',
  },
  /** Anchors or rails to lock to. */
  anchors: {
    type: 'flag',
    column: 'anchors',
    assertedBy: 'riders',
    riders: { isAsked: true },
    osm: 'rule',
    inLists: 'always',
    label: 'anchors',
  },
  lit: {
    type: 'flag',
    column: 'lit',
    assertedBy: 'riders',
    riders: { isAsked: true },
    osm: { key: 'lit', unclear: ['limited', 'disused'] },
    inLists: 'always',
    label: 'lit',
  },
  /** OSM's vocabulary (asphalt, sett, gravel …). */
  surface: {
    type: 'word',
    maxLength: 64,
    column: 'surface',
    assertedBy: 'riders',
    riders: { isAsked: true, values: RIDER_SURFACES },
    osm: 'rule',
    inLists: 'always',
    label: 'surface',
  },
  surveillance: {
    type: 'flag',
    column: 'surveillance',
    assertedBy: 'riders',
    riders: { isAsked: true },
    osm: 'rule',
    inLists: 'always',
    label: 'surveillance',
  },
  charging: {
    type: 'flag',
    column: 'charging',
    assertedBy: 'riders',
    riders: { isAsked: true },
    osm: 'rule',
    inLists: 'always',
    isFilter: true,
    label: 'charging',
  },
  operator: {
    type: 'text',
    maxLength: 200,
    column: 'operator',
    assertedBy: 'sources',
    osm: { key: 'operator' },
    inLists: 'always',
    label: 'operator',
  },
  /** Hours or conditions as written on the sign, where they are not in OSM's syntax. */
  signText: {
    type: 'text',
    maxLength: LONG_TEXT,
    column: 'sign_text',
    assertedBy: 'sources',
    osm: null,
    inLists: 'always',
    label: 'sign',
  },
} as const satisfies Readonly<Record<string, ZoneField>>

export type ZoneFields = typeof ZONE_FIELDS
export type PlainField = keyof ZoneFields

/** The fields whose definitions have these properties. */
export type FieldsWith<Properties> = {
  [Name in PlainField]: ZoneFields[Name] extends Properties ? Name : never
}[PlainField]

/** The values of all fields; null where unknown. */
export type PlainFacts = { readonly [Name in PlainField]: ValueOf<ZoneFields[Name]> | null }
