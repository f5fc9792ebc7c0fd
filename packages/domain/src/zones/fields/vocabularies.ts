/** What a zone is: a street bay, an open lot, a rack with anchors, a shed or box, or the motorcycle part of a garage. */
export const ZONE_KINDS = ['bay', 'lot', 'rack', 'shed', 'garage'] as const
export type ZoneKind = (typeof ZONE_KINDS)[number]

/** Who may enter. `customers` and `permit` require more than a motorcycle. */
export const ACCESS = ['public', 'customers', 'permit', 'private'] as const
export type Access = (typeof ACCESS)[number]

export const FEES = ['free', 'paid'] as const
export type Fee = (typeof FEES)[number]

/** Surfaces that riders may choose, in OSM's vocabulary. */
export const RIDER_SURFACES = ['asphalt', 'concrete', 'paving_stones', 'sett', 'gravel', 'grass', 'ground'] as const
