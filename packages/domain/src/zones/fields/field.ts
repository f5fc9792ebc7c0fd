import type { Tariff } from '../tariff/tariff.ts'

/** The type of a fact's value, with its limits. Lengths are in characters. */
type FieldType =
  /** Free text. `syntax`: OSM's syntax of the text, where it has one. */
  | { readonly type: 'text'; readonly maxLength: number; readonly syntax?: 'opening_hours' | 'conditional' }
  /** A term of an open vocabulary, such as OSM's surfaces. Many zones have the same one. */
  | { readonly type: 'word'; readonly maxLength: number }
  /** One of a closed set of words. */
  | { readonly type: 'choice'; readonly values: readonly string[] }
  | { readonly type: 'flag' }
  /** A whole number of motorcycle spaces. */
  | { readonly type: 'count'; readonly unit: 'spaces'; readonly maximum: number }
  /** A duration in seconds. */
  | { readonly type: 'seconds'; readonly unit: 'seconds'; readonly maximum: number }
  | { readonly type: 'tariff' }

/**
 * Who may assert a fact. `riders`: everyone. `sources`: every source, never riders. `operators`: sources with a responsible
 * maintainer only (`official` and `community`).
 */
export type AssertedBy = 'riders' | 'sources' | 'operators'

/** How riders contribute to a fact. */
export type RiderInput = {
  /** Whether riders at the zone are asked about it. The order of the fields is that of the questions. */
  readonly isAsked: boolean
  /** Limits of riders' values, where they are stricter than the fact's own. */
  readonly maxLength?: number
  readonly maximum?: number
  readonly values?: readonly string[]
}

/**
 * How a fact is parsed from OSM tags. An object: from the value of one key. `ofMotorcycles`: the tag for motorcycles takes precedence
 * (`maxstay:motorcycle`). `unclear`: values that are neither yes nor no. `rule`: by a function in `osm-tags.ts`.
 */
export type OsmSource =
  | { readonly key: string; readonly ofMotorcycles?: true; readonly unclear?: readonly string[] }
  | 'rule'

/** The definition of a fact of a zone. Its name in the code, in the API, in profiles and in exports is the key of `ZONE_FIELDS`. */
export type ZoneField = FieldType & {
  /** Its column in the table of zones. */
  readonly column: string
  readonly assertedBy: AssertedBy
  /** Present if and only if riders may assert it. */
  readonly riders?: RiderInput
  /** Null for a fact without an OSM tag. */
  readonly osm: OsmSource | null
  /** The fact that it belongs to. It is taken from a source that states the shown value of that fact. */
  readonly belongsTo?: string
  /**
   * Where the API's lists of zones have it. `always`: null where it is unknown. `if-known`: absent where it is unknown. `never`: only
   * in the answer with one zone and in open data, because lists have to be short.
   */
  readonly inLists: 'always' | 'if-known' | 'never'
  /** Whether riders can filter by it. Flags only; other filters combine facts, see `zone-filters.ts`. */
  readonly isFilter?: true
  /** Whether it differs from zone to zone, so that a profile cannot state a default. */
  readonly isIndividual?: true
  /** Key of its label among the texts of the page; null where it is shown as a part of another fact. */
  readonly label: string | null
}

/** The type of a field's values. */
export type ValueOf<F> = F extends { readonly type: 'choice'; readonly values: readonly (infer Word)[] }
  ? Word
  : F extends { readonly type: 'flag' }
    ? boolean
    : F extends { readonly type: 'count' | 'seconds' }
      ? number
      : F extends { readonly type: 'tariff' }
        ? Tariff
        : string
