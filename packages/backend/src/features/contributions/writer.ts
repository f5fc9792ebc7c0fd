/** The rider of a contribution. `network`: see `NetworkOf`. */
export type Writer = { readonly riderId: string; readonly network: string | null }
