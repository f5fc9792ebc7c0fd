import type { Area } from '../geo/area.ts'
import type { TrustedField } from './merge-facts.ts'
import type { ZoneFacts } from './zone.ts'

/** One zone of a source. `ref` is the source's id of it, unique within the source and stable over snapshots. */
export type SourceZone = { readonly ref: string; readonly facts: ZoneFacts }

/** An object of a source that was rejected: its location (line, object id), the reason and what to do. */
export type RejectedRow = { readonly where: string; readonly reason: string }

/**
 * A rejected object. With a reference, its entry is kept, since the source still has it. Without one, `text` is the content of the
 * row, which may contain the position or the name.
 */
export type IdentifiedRejection = { readonly rejected: RejectedRow; readonly ref?: string; readonly text?: string }

/** Provenance and terms of a source's data. Shown wherever the data is shown. */
export type SourceInfo = {
  /** Short id, `[a-z0-9-]+`: osm, sf-unmetered, madrid, demo. */
  readonly id: string
  readonly name: string
  /** SPDX id where there is one (ODbL-1.0, PDDL-1.0), else the licence's name. */
  readonly licence: string
  readonly licenceUrl: string | null
  readonly attribution: string
  readonly url: string | null
  /** Whether the data is simulated, as in the demo town. */
  readonly simulated: boolean
  /** Trust in the source; `community` by default. */
  readonly trust?: SourceTrust
  /** Exceptions by field; null: the source is not used for the field. */
  readonly fieldTrust?: Partial<Readonly<Record<TrustedField, SourceTrust | null>>>
  /** Accuracy of its positions in metres, for matching with other sources. */
  readonly matchDistance?: number
}

/** The end of a snapshot. `coverage` is the area that it covers; null where it covers the whole source. */
export type SnapshotEnd = { readonly complete: boolean; readonly note: string | null; readonly coverage: Area | null }

/** One item of a snapshot: a zone, a rejected object, a warning, a place without spaces, or the end. */
export type SnapshotRow =
  | SourceZone
  | IdentifiedRejection
  | { readonly warning: RejectedRow }
  /** A place without motorcycle spaces or figures for them, which is not an error. */
  | { readonly leftOut: RejectedRow }
  | { readonly end: SnapshotEnd }

/**
 * How much a source is trusted. `official`: the operator of the parking. `community`: maintained by many people, as OSM is.
 * `riders`: agreed on by riders of Kickstand. `unverified`: without a responsible maintainer.
 */
export const SOURCE_TRUSTS = ['official', 'community', 'riders', 'unverified'] as const
export type SourceTrust = (typeof SOURCE_TRUSTS)[number]
