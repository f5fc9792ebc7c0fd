/** Riders who had their data erased. A hash, so that it names nobody; a restore of older data erases them again. */
export type ErasedRidersTable = {
  /** `hashOfRider`. */
  id_hash: string
  /** Of the last time. The same device may have started anew since. */
  erased_at: number
}

declare module '#db/schema.ts' {
  interface Schema {
    erased_riders: ErasedRidersTable
  }
}
