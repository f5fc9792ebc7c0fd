import type { Area } from '../geo/area.ts'
import type { TrustedField } from './merge-facts.ts'
import type { ZoneFacts } from './zone.ts'

/** One zone as a source tells it. `ref` is what the source calls it, unique within the source and stable over snapshots. */
export type SourceZone = { readonly ref: string; readonly facts: ZoneFacts }

/** An object of a source that could not become a zone, with where it stands (line, object id) and what to do. */
export type RejectedRow = { readonly where: string; readonly reason: string }

/**
 * A rejected object. Where it told its reference the source still has it, so what was known of it stays; where not, `text` is what
 * stands there, in which its place or its name may be found.
 */
export type IdentifiedRejection = { readonly rejected: RejectedRow; readonly ref?: string; readonly text?: string }

/** Who stands behind a source's data. Shown wherever the data is shown. */
export type SourceInfo = {
  /** Short id, `[a-z0-9-]+`: osm, sf-unmetered, madrid, demo. */
  readonly id: string
  readonly name: string
  /** SPDX id where there is one (ODbL-1.0, PDDL-1.0), else the licence's name. */
  readonly licence: string
  readonly licenceUrl: string | null
  readonly attribution: string
  readonly url: string | null
  /** The demo town: no such place exists. */
  readonly simulated: boolean
  /** How far it is believed; `community` where it does not say. */
  readonly trust?: SourceTrust
  /** Where it is worth more or less than that; null: what it says of the field is not taken. */
  readonly fieldTrust?: Partial<Readonly<Record<TrustedField, SourceTrust | null>>>
  /** Metres by which its places may be off from another source's of the same place. */
  readonly matchDistance?: number
}

/** How a snapshot ended. `coverage` is the area that it speaks for; null where it speaks for all of its source. */
export type SnapshotEnd = { readonly complete: boolean; readonly note: string | null; readonly coverage: Area | null }

/** One thing that a snapshot of a source tells: a zone, an object that could not become one, a doubt, how it ended. */
export type SnapshotRow =
  | SourceZone
  | IdentifiedRejection
  | { readonly warning: RejectedRow }
  /** A place without motorcycle spaces, or without figures of them: no fault, and no zone. */
  | { readonly leftOut: RejectedRow }
  | { readonly end: SnapshotEnd }

/**
 * How much a source is worth being believed. `official`: whoever runs the parking says so. `community`: many people keep it true.
 * `riders`: riders of Kickstand agreed on it. `unverified`: nobody stands behind it.
 */
export const SOURCE_TRUSTS = ['official', 'community', 'riders', 'unverified'] as const
export type SourceTrust = (typeof SOURCE_TRUSTS)[number]
